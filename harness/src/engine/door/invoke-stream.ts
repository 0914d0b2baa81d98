/**
 * InvokeWithResponseStream: the answer as an event stream. The runtime client answers whole, so there is one PayloadChunk,
 * then InvokeComplete; a function that fails has none, and its error is in InvokeComplete.
 */
import { EventStreamCodec } from "@smithy/core/event-streams";
import { answer } from "./answer.ts";
import { requireAnswer } from "./invoke.ts";
import { type InvokeCall, type InvokeContext, prepareInvocation } from "./prepare-invocation.ts";

const codec = new EventStreamCodec(
  (bytes) => (typeof bytes === "string" ? bytes : Buffer.from(bytes).toString("utf8")),
  (text) => Buffer.from(text, "utf8"),
);

export async function invokeStream(call: InvokeCall, context: InvokeContext): Promise<void> {
  const { response, requestId } = call;
  const prepared = await prepareInvocation(call, context, ["RequestResponse", "DryRun"]);
  if (prepared.invocationType === "DryRun") {
    answer(response, 204, { "x-amzn-RequestId": requestId }, null);
    return;
  }
  const { record, version, request, tail } = prepared;
  const result = requireAnswer(await context.fleet.invoke(record.fleetKey, version.version, request));
  const failed = result.functionError !== null;
  const complete = {
    ...(failed ? { ErrorCode: result.functionError, ErrorDetails: result.payload.toString("utf8") } : {}),
    ...(tail ? { LogResult: result.logTail.toString("base64") } : {}),
  };
  const events = [
    ...(failed ? [] : [event("PayloadChunk", "application/octet-stream", result.payload)]),
    event("InvokeComplete", "application/json", Buffer.from(JSON.stringify(complete))),
  ];
  // Of a length that nobody knows beforehand, as on AWS.
  if (response.destroyed) return;
  response.writeHead(200, {
    ...prepared.headers,
    "Content-Type": "application/vnd.amazon.eventstream",
    "X-Amz-Executed-Version": result.executedVersion,
  });
  for (const one of events) response.write(one);
  response.end();
}

function event(type: string, contentType: string, body: Uint8Array): Uint8Array {
  const text = (value: string): { readonly type: "string"; readonly value: string } => ({
    type: "string",
    value,
  });
  return codec.encode({
    headers: {
      ":event-type": text(type),
      ":content-type": text(contentType),
      ":message-type": text("event"),
    },
    body,
  });
}
