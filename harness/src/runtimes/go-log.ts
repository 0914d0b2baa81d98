/** The line of Go's client for a failed invocation: an object of exactly its members at the end, behind whatever the `log` package puts first. */
import { failure, isList, parseObject, type LogLine, type RuntimeLine } from "./runtime-log.ts";

const OBJECT_AT_END = /(\{"errorMessage":.*\})\s*$/s;

export function readGoLine({ text, object }: LogLine): RuntimeLine | null {
  if (object === null) return readEnd(text);
  // `slog` as the default logger writes the object as the text of its own line.
  for (const name of ["msg", "message"]) {
    const inner = object[name];
    if (typeof inner === "string" && inner.startsWith('{"errorMessage":')) return readEnd(inner);
  }
  return readError(object);
}

function readEnd(text: string): RuntimeLine | null {
  const object = parseObject(OBJECT_AT_END.exec(text)?.[1] ?? "");
  return object === null ? null : readError(object);
}

/** After a panic with the stack as a list of places. */
function readError(object: Readonly<Record<string, unknown>>): RuntimeLine | null {
  const { errorMessage, errorType, stackTrace, ...others } = object;
  if (typeof errorMessage !== "string" || typeof errorType !== "string") return null;
  if (Object.keys(others).length > 0 || (stackTrace !== undefined && !isList(stackTrace))) return null;
  if (isList(stackTrace) && stackTrace.some((place) => typeof place !== "object")) return null;
  return failure(null, errorType === "" ? null : errorType);
}
