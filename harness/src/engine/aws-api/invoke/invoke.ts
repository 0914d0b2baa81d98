/**
 * Invoke: checks the request, finds the version, runs the invocation, answers; throws AWS's error for an invalid request
 * (docs/aws/invoke-api.md). A caller that disconnects does not stop the function. Keep this fast: every benchmark runs it.
 */
import type { InvokeResult } from "../../fleet-contract.ts";
import { LambdaError, invalidContent } from "../../request-validation/lambda-error.ts";
import { answer } from "../answer.ts";
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../../run/ports/clock.ts";
import { checkLambdaRequest } from "../../api-model/check-lambda-request.ts";
import type { Fleet, InvokeRequest } from "../../fleet-contract.ts";
import type { ResolvedVersion } from "../../registry/functions/function-index.ts";
import { functionArn, parseFunctionReference } from "../../registry/functions/function-reference.ts";
import type { FunctionRegistry } from "../../registry/functions/function-registry.ts";
import { checkTenant } from "../../registry/functions/check-tenant.ts";
import { refuseWhilePending } from "../../registry/functions/function-state.ts";
import type { Scope } from "../authorize.ts";
import type { EventQueue } from "../../scheduling/event-queue.ts";
import { BodyTooLarge, readBody } from "../read-body.ts";
import { traceHeader } from "./trace-header.ts";
import type { WeightedAliases } from "./weighted-alias.ts";

export type InvocationType = "RequestResponse" | "Event" | "DryRun";

export interface InvokeHeaders {
  readonly invocationType: InvocationType;
  readonly tail: boolean;
  /** The client context as decoded JSON text, or null. */
  readonly clientContext: string | null;
  readonly tenantId: string | undefined;
}

export const INVOKE_BYTES_MAX = { RequestResponse: 6_291_456, Event: 1_048_576, DryRun: 6_291_456 } as const;
const CLIENT_CONTEXT_BYTES_MAX = 3_583;
const EMPTY_EVENT = Buffer.from("{}");

export interface InvokeContext {
  readonly accountId: string;
  readonly registry: FunctionRegistry;
  readonly fleet: Pick<Fleet, "invoke">;
  readonly eventQueue: EventQueue;
  readonly weightedAliases: WeightedAliases;
  readonly clock: Clock;
}

export interface InvokeCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly scope: Scope;
  readonly requestId: string;
  /** The name of the function in the path, decoded. */
  readonly functionName: string;
  readonly query: URLSearchParams | null;
  /** True for InvokeAsync, which is asynchronous whatever the headers say. */
  readonly asynchronous: boolean;
}

/** Checked instead of the body, because the body is the function's event and has no members of the API model. */
const NOT_READ = {};

export interface PreparedInvocation extends InvokeHeaders, ResolvedVersion {
  readonly qualifier: string | null;
  readonly request: InvokeRequest;
  /** Headers of an answer with status 200 or 202. */
  readonly headers: Record<string, string | number>;
}

export async function invoke(call: InvokeCall, context: InvokeContext): Promise<void> {
  const { response, requestId } = call;
  const prepared = await prepareInvocation(call, context, call.asynchronous ? "InvokeAsync" : "Invoke");
  const { record, version, request, headers } = prepared;
  if (prepared.invocationType === "DryRun") {
    answer(response, 204, { "x-amzn-RequestId": requestId }, null);
    return;
  }
  if (prepared.invocationType === "Event") {
    const functionName = record.fleetKey;
    const qualifier = prepared.qualifier ?? "$LATEST";
    if (!context.eventQueue.add({ functionName, version: version.version, qualifier, request }))
      throw throttle("CallerRateLimitExceeded");
    answer(response, 202, { ...headers, "Content-Length": 0 }, null);
    return;
  }
  const send = (result: InvokeResult): void => answerResult(response, headers, result, prepared.tail);
  // If the fleet calls `onResult`, `send` is called twice. The second call does nothing.
  request.onResult = send;
  send(await context.fleet.invoke(record.fleetKey, version.version, request));
}

/** Adds the missing members to `headers` itself, because a copy of it would take long. */
function answerResult(
  response: ServerResponse,
  headers: Record<string, string | number>,
  result: InvokeResult,
  tail: boolean,
): void {
  if (response.headersSent) return;
  const answered = requireAnswer(result);
  headers["Content-Type"] = answered.contentType;
  headers["X-Amz-Executed-Version"] = answered.executedVersion;
  if (answered.functionError !== null) headers["X-Amz-Function-Error"] = answered.functionError;
  if (tail) headers["X-Amz-Log-Result"] = answered.logTail.toString("base64");
  answer(response, 200, headers, answered.payload);
}

/** If the function did not run to its end, throws the error that the caller receives. */
export function requireAnswer(result: InvokeResult): Extract<InvokeResult, { kind: "answered" }> {
  if (result.kind === "answered") return result;
  if (result.kind === "throttled") throw throttle(result.reason);
  throw new LambdaError("ServiceException", result.message);
}

/**
 * Returns the error of a throttled invocation, byte for byte as recorded from AWS (docs/aws/concurrency.md#throttle). For a tenant that gets
 * no environment it is the documented one (docs/aws/tenants.md#limit).
 */
function throttle(reason: string | null): LambdaError {
  if (reason === null) return new LambdaError("TooManyRequestsException", "Rate exceeded");
  return new LambdaError("TooManyRequestsException", "Rate Exceeded.", { Reason: reason });
}

export async function prepareInvocation(
  call: InvokeCall,
  context: InvokeContext,
  operation: "Invoke" | "InvokeAsync" | "InvokeWithResponseStream",
): Promise<PreparedInvocation> {
  const { request, requestId } = call;
  checkLambdaRequest(operation, {
    path: { FunctionName: call.functionName },
    query: call.query,
    headers: request.headers,
    body: NOT_READ,
  });
  const read = readInvokeHeaders(request.headers);
  const isEvent = operation === "InvokeAsync";
  const invocationType = isEvent ? "Event" : read.invocationType;
  const tail = read.tail && !isEvent;
  const { clientContext, tenantId } = read;
  const body = await readBody(request, INVOKE_BYTES_MAX[invocationType]).catch((error: unknown) => {
    throw error instanceof BodyTooLarge && error.complete
      ? payloadTooLarge(error.bytes, invocationType)
      : error;
  });
  const home = { region: call.scope.region, accountId: context.accountId };
  const reference = parseFunctionReference(call.functionName, call.query?.get("Qualifier") ?? null, home);
  // If the request has no qualifier, Invoke's 404 answer shows `$LATEST` as the qualifier (docs/aws/invoke-api.md#api-errors).
  const named = context.registry.resolve(reference, home.region, "$LATEST");
  const { record, alias } = named;
  const version = context.weightedAliases.versionOf(named);
  checkTenant(version, tenantId);
  refuseWhilePending(version);
  const payload = readPayload(body);
  const trace = traceHeader(request.headers["x-amzn-trace-id"], context.clock.now());
  // The members are written out, because spreading objects took as long as the checks.
  return {
    invocationType,
    tail,
    clientContext,
    tenantId,
    record,
    version,
    alias,
    qualifier: reference.qualifier,
    request: {
      requestId,
      payload,
      invokedFunctionArn: functionArn(home, record.name, reference.qualifier),
      traceId: trace,
      clientContext: invocationType === "Event" ? null : clientContext,
      waitForPhaseEnd: tail,
      ...(tenantId === undefined ? {} : { tenantId }),
    },
    headers: {
      "Content-Type": "application/json",
      "x-amzn-RequestId": requestId,
      "x-amzn-Remapped-Content-Length": 0,
      "X-Amzn-Trace-Id": trace,
    },
  };
}

export function readInvokeHeaders(headers: IncomingHttpHeaders): InvokeHeaders {
  const invocationType = singleHeader(headers["x-amz-invocation-type"]) ?? "RequestResponse";
  const logType = singleHeader(headers["x-amz-log-type"]) ?? "None";
  return {
    invocationType: invocationType as InvocationType,
    tail: logType === "Tail" && invocationType === "RequestResponse",
    clientContext: readClientContext(singleHeader(headers["x-amz-client-context"])),
    tenantId: singleHeader(headers["x-amz-tenant-id"]),
  };
}

function singleHeader(value: string | string[] | undefined): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function readClientContext(sent: string | undefined): string | null {
  if (sent === undefined) return null;
  if (sent.length > CLIENT_CONTEXT_BYTES_MAX) {
    throw invalidContent(`Client context must be no more than ${CLIENT_CONTEXT_BYTES_MAX} bytes.`);
  }
  const text = Buffer.from(sent, "base64").toString("utf8");
  try {
    JSON.parse(text);
  } catch {
    throw invalidContent(
      "Could not parse client context into json: Client context must be a valid Base64-encoded JSON object.",
    );
  }
  // The text is passed to the runtime in a header, which must not contain line breaks.
  return text.replace(/[\r\n]+/g, " ");
}

/** Returns the event that the function receives: the caller's bytes, or `{}` if the body is empty. */
export function readPayload(body: Buffer): Buffer {
  if (body.length === 0) return EMPTY_EVENT;
  try {
    JSON.parse(body.toString("utf8"));
    return body;
  } catch (error) {
    const reason = (error as Error).message.slice(0, 512);
    throw invalidContent(
      `Could not parse request body into json: Could not parse payload into json: ${reason}`,
    );
  }
}

export function payloadTooLarge(bytes: number, type: InvocationType): LambdaError {
  const text = `${bytes} byte payload is too large for the ${type} invocation type (limit ${INVOKE_BYTES_MAX[type]} bytes)`;
  return new LambdaError("RequestEntityTooLargeException", text);
}
