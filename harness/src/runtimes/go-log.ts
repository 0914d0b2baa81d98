/**
 * The line of Go's client for a failed invocation: the prefix of the `log` package, then an object up to the end of the line. Its members
 * are `errorMessage`, `errorType`, sometimes `stackTrace`, and no other.
 */
import { parseJsonObject, type JsonObject } from "../domain/json-object.ts";
import { doubtful, failure, isList, type LogLine, type RuntimeLine } from "./runtime-log.ts";

const BEGIN = '{"errorMessage":';

export function readGoLine({ text, object }: LogLine): RuntimeLine | null {
  if (object === null) return readEnd(text);
  // With `slog` as the default logger, the object is the message of the `slog` line.
  for (const name of ["msg", "message"]) {
    const inner = object[name];
    if (typeof inner === "string" && inner.startsWith(BEGIN)) return readEnd(inner);
  }
  // If the object has no prefix, it may be the answer of another function, which this function printed.
  const said = readError(object);
  return said === null ? null : doubtful(said.requestId, said.errorType);
}

function readEnd(text: string): RuntimeLine | null {
  const at = text.indexOf(BEGIN);
  const object = at === -1 ? null : parseJsonObject(text.slice(at).trimEnd());
  return object === null ? null : readError(object);
}

/** After a panic the object also has the stack, a list of objects. */
function readError(object: JsonObject): RuntimeLine | null {
  const { errorMessage, errorType, stackTrace, ...others } = object;
  if (typeof errorMessage !== "string" || typeof errorType !== "string") return null;
  if (Object.keys(others).length > 0 || (stackTrace !== undefined && !isList(stackTrace))) return null;
  if (isList(stackTrace) && stackTrace.some((place) => typeof place !== "object")) return null;
  return failure(null, errorType === "" ? null : errorType);
}
