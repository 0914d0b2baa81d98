/** The `context` argument of a handler, from an invocation's headers and the environment variables. */
import type { NextInvocation } from "./runtime-connection.ts";

export interface CallbackSettings {
  callbackWaitsForEmptyEventLoop: boolean;
}

export function invocationContext(
  invocation: NextInvocation,
  majorVersion: number,
): { context: Record<string, unknown>; settings: CallbackSettings } {
  const settings: CallbackSettings = { callbackWaitsForEmptyEventLoop: majorVersion < 24 };
  const context: Record<string, unknown> = {};
  // nodejs24.x has neither this member nor callbacks.
  if (majorVersion < 24) {
    Object.defineProperty(context, "callbackWaitsForEmptyEventLoop", {
      enumerable: true,
      get: () => settings.callbackWaitsForEmptyEventLoop,
      set: (value: boolean) => void (settings.callbackWaitsForEmptyEventLoop = value),
    });
  }
  const environment = {
    functionName: process.env["AWS_LAMBDA_FUNCTION_NAME"],
    functionVersion: process.env["AWS_LAMBDA_FUNCTION_VERSION"],
    memoryLimitInMB: process.env["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"],
    logGroupName: process.env["AWS_LAMBDA_LOG_GROUP_NAME"],
    logStreamName: process.env["AWS_LAMBDA_LOG_STREAM_NAME"],
  };
  const facts = {
    clientContext: parsed(invocation.clientContext),
    identity: parsed(invocation.cognitoIdentity),
    invokedFunctionArn: invocation.invokedFunctionArn,
    awsRequestId: invocation.requestId,
    tenantId: undefined,
    ...(majorVersion < 24 ? {} : { xRayTraceId: invocation.traceId ?? "" }),
    getRemainingTimeInMillis: (): number => invocation.deadlineMs - Date.now(),
  };
  // AWS's client for nodejs24.x lists the members in another order than its clients for earlier versions.
  if (majorVersion < 24) Object.assign(context, environment, facts);
  else Object.assign(context, facts, environment);
  return { context, settings };
}

function parsed(text: string | null): unknown {
  return text === null ? undefined : (JSON.parse(text) as unknown);
}
