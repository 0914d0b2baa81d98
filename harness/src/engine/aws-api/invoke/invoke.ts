/** Invoke (docs/aws/invoke-api.md). A caller that disconnects does not stop the function. Keep this fast: every benchmark runs it. */
import type { ServerResponse } from "node:http";
import type { InvokeResult } from "../../fleet-contract.ts";
import { LambdaError } from "../../request-validation/lambda-error.ts";
import { answer } from "../answer.ts";
import { type InvokeCall, type InvokeContext, prepareInvocation } from "./prepare-invocation.ts";

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

/** Returns the error of a throttled invocation, byte for byte as recorded from AWS (docs/aws/concurrency.md#throttle). */
function throttle(reason: string): LambdaError {
  return new LambdaError("TooManyRequestsException", "Rate Exceeded.", { Reason: reason });
}
