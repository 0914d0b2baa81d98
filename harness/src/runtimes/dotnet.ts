/** .NET (docs/aws/runtime-logs.md#net). The engine does not run .NET functions; only their logs are read. */
import { textOf, type JsonObject } from "../domain/json-object.ts";
import type { RuntimeFamily } from "./runtime-family.ts";
import { doubtful, failure, type LogLine, type RuntimeLine } from "./runtime-log.ts";

export const dotnet = {
  name: "dotnet",
  title: ".NET",
  language: "dotnet",
  versions: [],
  log: {
    descriptor: "frames",
    marks: ["\tfail\t", " fail ", "\tcrit\t", "errorType"],
    read: readLine,
    shownBehind: ["text", "INFO"],
    alike: { Text: "`Console.Error.WriteLine(exception)`", JSON: null },
  },
  local: null,
} as const satisfies RuntimeFamily;

/** `time id fail Namespace.Type: message`, then the stack. The name of a generic type is followed by brackets. */
const FAILED =
  /^\d{4}-\d\d-\d\dT\S+[\t ]+([0-9A-Za-z-]{8,64})?[\t ]+(?:fail|crit)[\t ]+([\p{L}_][\p{L}\p{N}_.+`]*)(?:\[[^\]]*\]+)?(?::|\s|$)/u;
/** A single word is an exception only if it has a namespace or the usual ending, or if a stack follows it. */
const NAMED = /[.+]|Exception$/;
const STACK = /\s+at [\p{L}_][^\s(]*\(/u;
const LEVELS: readonly unknown[] = ["Error", "Critical"];

function readLine({ text, object }: LogLine): RuntimeLine | null {
  if (object !== null) return readObject(object);
  const match = FAILED.exec(text);
  const [, requestId = null, errorType = ""] = match ?? [];
  if (match === null || !(NAMED.test(errorType) || STACK.test(text))) return null;
  // A function that logs `exception.ToString()` as an error writes exactly the same.
  return doubtful(requestId, errorType);
}

/** Reads a JSON line. Here levels are complete words. The client logs the exception without a message, and a logger always adds a message. */
function readObject(object: JsonObject): RuntimeLine | null {
  const { level, message } = object;
  const errorType = textOf(object["errorType"]);
  if (!LEVELS.includes(level) || errorType === null) return null;
  const requestId = textOf(object["requestId"]);
  if (textOf(message) !== null) return { kind: "application", requestId, errorType };
  return failure(requestId, errorType);
}
