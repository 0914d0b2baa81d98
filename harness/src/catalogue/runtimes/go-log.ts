/**
 * The exact line of Go's client for a failed invocation: the prefix of the `log` package, then an object up to the end of the line. Its
 * members are `errorMessage`, `errorType`, sometimes `stackTrace`, and no other. A function can print such an object behind any other text,
 * so only the exact line proves that the function writes its failures. With `slog` as the default logger, the client's level is INFO.
 */
import { parseJsonObject, type JsonObject } from "../../base/json-object.ts";
import { doubtful, failure, isList, type LogLine, type RuntimeLine } from "./runtime-log.ts";

const LOGGED = /^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})? (?=\{"errorMessage":)/;

export function readGoLine({ text, object }: LogLine): RuntimeLine | null {
  if (object === null) {
    const [before] = LOGGED.exec(text) ?? [];
    const error = before === undefined ? null : readError(text.slice(before.length));
    return error ?? (text.includes('{"errorMessage":') ? doubtful() : null);
  }
  for (const name of ["msg", "message"]) {
    const inner = object[name];
    if (typeof inner === "string" && inner.includes('{"errorMessage":'))
      return readError(inner) ?? doubtful();
  }
  return null;
}

/** After a panic the object also has the stack, a list of objects. */
function readError(text: string): RuntimeLine | null {
  const { errorMessage, errorType, stackTrace, ...others }: JsonObject = parseJsonObject(text) ?? {};
  if (typeof errorMessage !== "string" || typeof errorType !== "string") return null;
  if (Object.keys(others).length > 0 || (stackTrace !== undefined && !isList(stackTrace))) return null;
  if (isList(stackTrace) && stackTrace.some((place) => typeof place !== "object")) return null;
  return failure(null, errorType === "" ? null : errorType);
}
