/** Marks a handler that streams its response, with the symbol of AWS's client, so that each client recognises the other's mark. */
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
