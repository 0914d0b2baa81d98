/** How a handler says that it streams its response: the mark that AWS's client uses, so that a handler wrapped by either is known to both. */
import { RuntimeError } from "./error-payload.ts";

const STREAMING = Symbol.for("aws.lambda.runtime.handler.streaming");

export function markStreaming<Marked extends object>(handler: Marked): Marked {
  (handler as { [STREAMING]?: unknown })[STREAMING] = "response";
  return handler;
}

export function isStreaming(handler: object): boolean {
  const mark = (handler as { [STREAMING]?: unknown })[STREAMING];
  if (mark === undefined || mark === null || mark === false) return false;
  if (mark === "response") return true;
  throw new RuntimeError("Runtime.MalformedStreamingHandler", "Only response streaming is supported.");
}
