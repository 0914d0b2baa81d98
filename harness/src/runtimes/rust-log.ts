/** The line of Rust's client for a failed invocation. The client writes it only if the function has a tracing subscriber. */
import { asJsonObject, textOf, type JsonObject } from "../domain/json-object.ts";
import { doubtful, failure, type LogLine, type RuntimeLine } from "./runtime-log.ts";

const SPAN = "Lambda runtime invoke";
/** By default subscribers colour their lines. */
const COLOURS = /\u001b\[[\d;]*m/g;
const FAILED = /(?:^|\s)ERROR\s+Lambda runtime invoke\{([^{}]*)\}: ([^]*)/;
const REQUEST_ID = /requestId="?([0-9A-Za-z-]{8,64})/;
const TARGET = /^lambda_runtime::/;
const PANIC = /^user handler panicked\b/;

export function readRustLine({ text, object }: LogLine): RuntimeLine | null {
  if (object !== null) return readObject(object);
  if (!text.includes(SPAN)) return null;
  const [, members = "", said = ""] = FAILED.exec(text.replace(COLOURS, "")) ?? [];
  const requestId = REQUEST_ID.exec(members)?.[1] ?? null;
  return requestId === null ? null : spanError(requestId, said, null);
}

function readObject({ level, span, fields, target }: JsonObject): RuntimeLine | null {
  const { name, requestId } = asJsonObject(span) ?? {};
  const message = textOf(asJsonObject(fields)?.["message"]);
  if (level !== "ERROR" || message === null) return null;
  if (name === SPAN) return spanError(textOf(requestId), message, textOf(target));
  // A subscriber at level WARN leaves out the span and therefore the request id.
  return PANIC.test(message) || TARGET.test(textOf(target) ?? "") ? failure(null, null) : null;
}

/**
 * An `error!` of the function inside its handler has the same form. Only the target (the name of the module that logs) or the client's
 * fixed sentence shows the difference.
 */
function spanError(requestId: string | null, message: string, target: string | null): RuntimeLine {
  return TARGET.test(target ?? message) || PANIC.test(message)
    ? failure(requestId, null)
    : doubtful(requestId, null);
}
