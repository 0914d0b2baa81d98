/** Java (docs/aws/runtime-logs.md#java). Its functions are not run locally; their logs are read. */
import type { RuntimeFamily } from "./runtime-family.ts";
import { failure, textOf, type LogLine, type RuntimeLine } from "./runtime-log.ts";

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
  },
  local: null,
} as const satisfies RuntimeFamily;

const STACK = /\s+at /;
/** With every gap as one space, since a copy of the console may have joined the lines. */
const CLASS_TWICE = /: ([\w$]+(?:\.[\w$]+)+) \1(?=: | at |$)/g;
const NOT_FOUND = /^Class not found: \S+: (java\.lang\.ClassNotFoundException)\s*$/m;

function readLine({ text, object }: LogLine): RuntimeLine | null {
  if (object !== null) return readObject(object);
  const errorType = repeatedClass(text);
  return errorType === null ? null : failure(null, errorType);
}

/** The message of the client's object is the text of the other format; without the repetition it is a logger's. */
function readObject(object: Readonly<Record<string, unknown>>): RuntimeLine | null {
  const { message, level } = object;
  if (typeof message !== "string" || typeof level !== "string") return null;
  const requestId = textOf(object["AWSRequestId"]);
  const errorType = repeatedClass(message);
  if (errorType !== null) return failure(requestId, errorType);
  return requestId !== null && STACK.test(message) ? { kind: "application", requestId, errorType } : null;
}

/**
 * The client writes the message, the class, and both again the other way round before the stack: `busy: a.Busy`, `a.Busy: busy`. A message of
 * several lines stands there twice as well. No logger does so.
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

/** The message, and then the stack or nothing. */
function isMessage(text: string, message: string): boolean {
  return text === message || text.startsWith(`${message} at `);
}
