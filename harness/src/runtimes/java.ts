/** Java (docs/aws/runtime-logs.md#java). The engine does not run Java functions; only their logs are read. */
import { textOf, type JsonObject } from "../domain/json-object.ts";
import type { RuntimeFamily } from "./runtime-family.ts";
import { failure, type LogLine, type RuntimeLine } from "./runtime-log.ts";

export const java = {
  name: "java",
  title: "Java",
  language: "java",
  versions: [],
  log: {
    descriptor: "frames",
    marks: [".java:", "\n\tat ", "\n    at ", ": java.lang.", "AWSRequestId", "\\n\\tat "],
    read: readLine,
    shownBehind: ["text", "INFO"],
    alike: { Text: null, JSON: null },
  },
  local: null,
} as const satisfies RuntimeFamily;

const STACK = /\s+at /;
/** Each run of white space counts as one space, because text copied from the console may have its lines joined. */
const CLASS_TWICE = /: ([\p{L}\p{N}_$]+(?:\.[\p{L}\p{N}_$]+)*) \1(?=: | at |$)/gu;
const NOT_FOUND = /^Class not found: \S+: (java\.lang\.ClassNotFoundException)\s*$/m;

function readLine({ text, object }: LogLine): RuntimeLine | null {
  if (object !== null) return readObject(object);
  const errorType = repeatedClass(text);
  return errorType === null ? null : failure(null, errorType);
}

/** In JSON the client's text is in `message`. A message without the repeated class comes from a logger. */
function readObject(object: JsonObject): RuntimeLine | null {
  const { message, level } = object;
  if (typeof message !== "string" || typeof level !== "string") return null;
  const requestId = textOf(object["AWSRequestId"]);
  const errorType = repeatedClass(message);
  if (errorType !== null) return failure(requestId, errorType);
  return requestId !== null && STACK.test(message) ? { kind: "application", requestId, errorType } : null;
}

/**
 * Before the stack the client writes message and class, then both in the opposite order: `busy: a.Busy`, `a.Busy: busy`. This is so for a
 * message of several lines too. No logger writes both.
 */
function repeatedClass(text: string): string | null {
  const notFound = NOT_FOUND.exec(text)?.[1];
  if (notFound !== undefined && text.startsWith("Class not found: ")) return notFound;
  const words = text.replace(/\s+/g, " ").trim();
  for (const match of words.matchAll(CLASS_TWICE)) {
    const [whole, errorType = ""] = match;
    const message = words.slice(0, match.index);
    const again = words.slice(match.index + whole.length);
    if (again.startsWith(": ") && isMessage(again.slice(2), message)) return errorType;
    if (!again.startsWith(": ") && (message === errorType || message === "null")) return errorType;
  }
  return null;
}

/** Whether the text is the message, followed by the stack or by nothing. */
function isMessage(text: string, message: string): boolean {
  return text === message || text.startsWith(`${message} at `);
}
