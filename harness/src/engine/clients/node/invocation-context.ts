/** The `context` argument of a handler, from an invocation's headers and the environment variables. */
import type { NextInvocation } from "./runtime-connection.ts";

export interface CallbackSettings {
  callbackWaitsForEmptyEventLoop: boolean;
}

export interface InvocationContext {
  readonly context: Record<string, unknown>;
  readonly settings: CallbackSettings;
}

/** The members are in the order of AWS's client for each version. */
export function invocationContext(invocation: NextInvocation, majorVersion: number): InvocationContext {
  return majorVersion < 24 ? withCallbacks(invocation) : withoutCallbacks(invocation);
}

function withCallbacks(invocation: NextInvocation): InvocationContext {
  const settings: CallbackSettings = { callbackWaitsForEmptyEventLoop: true };
  const { env } = process;
  const context = {
    get callbackWaitsForEmptyEventLoop() {
      return settings.callbackWaitsForEmptyEventLoop;
    },
    set callbackWaitsForEmptyEventLoop(value: boolean) {
      settings.callbackWaitsForEmptyEventLoop = value;
    },
    functionName: env["AWS_LAMBDA_FUNCTION_NAME"],
    functionVersion: env["AWS_LAMBDA_FUNCTION_VERSION"],
    memoryLimitInMB: env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
    logGroupName: env["AWS_LAMBDA_LOG_GROUP_NAME"],
    logStreamName: env["AWS_LAMBDA_LOG_STREAM_NAME"],
    clientContext: parsed(invocation.clientContext),
    identity: parsed(invocation.cognitoIdentity),
    invokedFunctionArn: invocation.invokedFunctionArn,
    awsRequestId: invocation.requestId,
    tenantId: invocation.tenantId ?? undefined,
    getRemainingTimeInMillis: (): number => invocation.deadlineMs - Date.now(),
  };
  return { context, settings };
}

function withoutCallbacks(invocation: NextInvocation): InvocationContext {
  const { env } = process;
  const context = {
    clientContext: parsed(invocation.clientContext),
    identity: parsed(invocation.cognitoIdentity),
    invokedFunctionArn: invocation.invokedFunctionArn,
    awsRequestId: invocation.requestId,
    tenantId: invocation.tenantId ?? undefined,
    xRayTraceId: invocation.traceId ?? "",
    getRemainingTimeInMillis: (): number => invocation.deadlineMs - Date.now(),
    functionName: env["AWS_LAMBDA_FUNCTION_NAME"],
    functionVersion: env["AWS_LAMBDA_FUNCTION_VERSION"],
    memoryLimitInMB: env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
    logGroupName: env["AWS_LAMBDA_LOG_GROUP_NAME"],
    logStreamName: env["AWS_LAMBDA_LOG_STREAM_NAME"],
  };
  return { context, settings: { callbackWaitsForEmptyEventLoop: false } };
}

function parsed(text: string | null): unknown {
  return text === null ? undefined : (JSON.parse(text) as unknown);
}
