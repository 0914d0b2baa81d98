/** Java (docs/aws/runtime-logs.md#java). Its functions are not run locally; their logs are read. */
import type { RuntimeFamily } from "./runtime-family.ts";
import { textOf, type LogLine, type RuntimeLine } from "./runtime-log.ts";

const STACK = "\n\tat ";

export const java = {
  name: "java",
  title: "Java",
  language: "java",
  versions: [],
  log: { descriptor: "frames", marks: [STACK, "AWSRequestId"], read: readLine },
  local: null,
} as const satisfies RuntimeFamily;

/** Text: `message: class`, `class: message`, stack. An application's logger does not write the class at the end and again before the stack. */
function readLine({ text, object }: LogLine): RuntimeLine | null {
  if (object !== null) return readObject(object);
  if (!text.includes(STACK)) return null;
  const [first = "", second = ""] = text.split(/\r?\n/, 2);
  const errorType = /(?:^|: )([\w$]+(?:\.[\w$]+)+)$/.exec(first)?.[1];
  if (errorType === undefined) return null;
  return second === errorType || second.startsWith(`${errorType}: `)
    ? { kind: "failed-invocation", requestId: null, errorType }
    : null;
}

/** JSON: level ERROR (or FATAL), an `errorType` at the top or inside of `message`, and the request under Java's name for it. */
function readObject(object: Readonly<Record<string, unknown>>): RuntimeLine | null {
  const { level, message } = object;
  const requestId = textOf(object["requestId"]) === null ? textOf(object["AWSRequestId"]) : null;
  if ((level !== "ERROR" && level !== "FATAL") || requestId === null) return null;
  const inside = typeof message === "object" && message !== null ? (message as Record<string, unknown>) : {};
  const errorType = textOf(object["errorType"]) ?? textOf(inside["errorType"]);
  if (errorType === null) return null;
  return { kind: "failed-invocation", requestId: requestId === "-" ? null : requestId, errorType };
}
