/** .NET (docs/aws/runtime-logs.md#net). The engine does not run .NET functions; only their logs are read. */
import { textOf, type JsonObject } from "../domain/json-object.ts";
import type { RuntimeFamily } from "./runtime-family.ts";
import { failure, type LogLine, type RuntimeLine } from "./runtime-log.ts";

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
  },
  local: null,
} as const satisfies RuntimeFamily;

/** `time id fail Namespace.TypeException: message`, then the stack. */
const FAILED =
  /^\d{4}-\d\d-\d\dT\S+[\t ]+([0-9A-Za-z-]{8,64})?[\t ]+(?:fail|crit)[\t ]+([\w+`]+(?:\.[\w+`]+)*Exception)(?::|\s|$)/;
const LEVELS: readonly unknown[] = ["Error", "Critical"];

function readLine({ text, object }: LogLine): RuntimeLine | null {
  if (object !== null) return readObject(object);
  const match = FAILED.exec(text);
  // A function that logs `exception.ToString()` as an error writes exactly the same.
  return match === null
    ? null
    : { kind: "ambiguous", requestId: match[1] ?? null, errorType: match[2] ?? null };
}

/** Levels are whole words here. The client logs the exception without a message; a logger always adds one. */
function readObject(object: JsonObject): RuntimeLine | null {
  const { level, message } = object;
  const errorType = textOf(object["errorType"]);
  if (!LEVELS.includes(level) || errorType === null) return null;
  const requestId = textOf(object["requestId"]);
  if (textOf(message) !== null) return { kind: "application", requestId, errorType };
  return failure(requestId, errorType);
}
