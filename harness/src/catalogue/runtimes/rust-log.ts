/**
 * The line of Rust's client for a failed invocation. The client writes it only if the function has a tracing subscriber. An `error!` of the
 * function inside its handler has the same form, so only the target (the name of the module that logs) or the client's fixed sentence shows
 * that the client wrote the line.
 */
import { asJsonObject, textOf, type JsonObject } from "../../base/json-object.ts";
import { failure, type LogLine, type RuntimeLine } from "./runtime-log.ts";

const SPAN = "Lambda runtime invoke";
const FAILED = /^(?:\d{4}-\d\d-\d\dT\S+)?\s*ERROR\s+Lambda runtime invoke\{([^{}]*)\}: ([^]*)/;
const REQUEST_ID = /requestId="?([0-9A-Za-z-]{8,64})/;
const TARGET = /^lambda_runtime::/;
const PANIC = /^user handler panicked\b/;

export function readRustLine({ text, object }: LogLine): RuntimeLine | null {
  if (object !== null) return readObject(object);
  if (!text.includes(SPAN)) return null;
  const [, members = "", said = ""] = FAILED.exec(text) ?? [];
  const requestId = REQUEST_ID.exec(members)?.[1] ?? null;
  return requestId !== null && (TARGET.test(said) || PANIC.test(said)) ? failure(requestId, null) : null;
}

function readObject({ level, span, fields, target }: JsonObject): RuntimeLine | null {
  const message = textOf(asJsonObject(fields)?.["message"]);
  if (level !== "ERROR" || message === null) return null;
  // A subscriber at level WARN leaves out the span and therefore the request id.
  const { name, requestId } = asJsonObject(span) ?? {};
  return PANIC.test(message) || TARGET.test(textOf(target) ?? "")
    ? failure(name === SPAN ? textOf(requestId) : null, null)
    : null;
}
