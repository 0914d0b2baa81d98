/** Python (docs/aws/runtime-logs.md#python). Its functions are not run locally; their logs are read. */
import type { RuntimeFamily } from "./runtime-family.ts";
import { textOf, type LogLine, type RuntimeLine } from "./runtime-log.ts";

export const python = {
  name: "python",
  title: "Python",
  language: "python",
  versions: [],
  log: { descriptor: "frames", marks: ["[ERROR]", "errorType"], read: readLine },
  local: null,
} as const satisfies RuntimeFamily;

/** Text: `[ERROR] Type: message` and the traceback, without a time and an id. */
const FAILED = /^\[ERROR\]\s+(?:\S+Z\s+\S+\s+)?([A-Za-z_][\w.]*)(?::|\s*$|\n)/;

function readLine({ text, object }: LogLine): RuntimeLine | null {
  if (object !== null) return readObject(object);
  const match = FAILED.exec(text);
  return match === null ? null : { kind: "failed-invocation", requestId: null, errorType: match[1] ?? null };
}

/** JSON: level ERROR (or FATAL) and an `errorType` at the top. */
function readObject(object: Readonly<Record<string, unknown>>): RuntimeLine | null {
  const { level } = object;
  const errorType = textOf(object["errorType"]);
  if ((level !== "ERROR" && level !== "FATAL") || errorType === null) return null;
  const requestId = textOf(object["requestId"]);
  return { kind: "failed-invocation", requestId: requestId === "-" ? null : requestId, errorType };
}
