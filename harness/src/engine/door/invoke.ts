/**
 * Invoke (facts §3.2, §4): one invocation from request to answer. A caller that goes away does not stop the function;
 * nobody tells the fleet. Kept lean, since every soak and every figure of `npm run bench` comes through here.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Clock } from "../../ports/clock.ts";
import type { Fleet, InvokeResult } from "../fleet-contract.ts";
import type { FunctionRegistry } from "../registry/function-registry.ts";
import { functionArn, parseFunctionReference } from "../registry/function-reference.ts";
import { refuseWhilePending } from "../registry/function-state.ts";
import { LambdaError } from "../registry/lambda-error.ts";
import { answer } from "./answer.ts";
import type { Scope } from "./authorize.ts";
import type { EventQueue } from "./event-queue.ts";
import { PAYLOAD_BYTES_MAX, payloadTooLarge, readInvokeHeaders, readPayload } from "./invoke-request.ts";
import { BodyTooLarge, readBody } from "./read-body.ts";
import { traceId } from "./trace-id.ts";

export interface InvokeContext {
  readonly accountId: string;
  readonly registry: FunctionRegistry;
  readonly fleet: Pick<Fleet, "invoke">;
  readonly eventQueue: EventQueue;
  readonly clock: Clock;
}

export interface InvokeCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly scope: Scope;
  readonly requestId: string;
  /** From the path, decoded. */
  readonly functionName: string;
  readonly qualifier: string | null;
}

export async function invoke(call: InvokeCall, context: InvokeContext): Promise<void> {
  const { request, response, requestId } = call;
  const { invocationType, tail, clientContext } = readInvokeHeaders(request.headers);
  const body = await readBody(request, PAYLOAD_BYTES_MAX[invocationType]).catch((error: unknown) => {
    throw error instanceof BodyTooLarge && error.complete
      ? payloadTooLarge(error.bytes, invocationType)
      : error;
  });
  const home = { region: call.scope.region, accountId: context.accountId };
  const reference = parseFunctionReference(call.functionName, call.qualifier, home);
  // Invoke's 404 names the version that was meant (facts §4.4).
  const resolved = context.registry.resolve(reference, home.region, "$LATEST");
  refuseWhilePending(resolved.version);
  const payload = readPayload(body);
  if (invocationType === "DryRun") {
    answer(response, 204, { "x-amzn-RequestId": requestId }, null);
    return;
  }
  const trace = traceId(request.headers["x-amzn-trace-id"], context.clock.now());
  const invocation = {
    requestId,
    payload,
    invokedFunctionArn: functionArn(home, resolved.record.name, reference.qualifier),
    traceId: trace,
    clientContext,
    waitForPhaseEnd: tail,
  };
  const headers = {
    "Content-Type": "application/json",
    "x-amzn-RequestId": requestId,
    "x-amzn-Remapped-Content-Length": 0,
    "X-Amzn-Trace-Id": trace,
  };
  if (invocationType === "Event") {
    context.eventQueue.add({
      functionName: resolved.record.name,
      version: resolved.version.version,
      request: { ...invocation, clientContext: null },
    });
    answer(response, 202, { ...headers, "Content-Length": 0 }, null);
    return;
  }
  const result = await context.fleet.invoke(resolved.record.name, resolved.version.version, invocation);
  answerResult(response, headers, result, tail);
}

function answerResult(
  response: ServerResponse,
  headers: Readonly<Record<string, string | number>>,
  result: InvokeResult,
  tail: boolean,
): void {
  if (result.kind === "throttled") throw throttle(result.reason);
  if (result.kind === "broken") throw new LambdaError("ServiceException", result.message);
  answer(
    response,
    200,
    {
      ...headers,
      "Content-Type": result.contentType,
      "X-Amz-Executed-Version": result.executedVersion,
      ...(result.functionError === null ? {} : { "X-Amz-Function-Error": result.functionError }),
      ...(tail ? { "X-Amz-Log-Result": result.logTail.toString("base64") } : {}),
    },
    result.payload,
  );
}

/** Byte for byte as recorded: Reason, Type, message, with the full stop (facts §3.2). */
function throttle(reason: string): LambdaError {
  return new LambdaError("TooManyRequestsException", "Rate Exceeded.", { Reason: reason });
}
