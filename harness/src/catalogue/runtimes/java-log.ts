/**
 * Reads the text that Java's client writes for a failed invocation (docs/aws/runtime-logs.md#java): message and class, the exception's
 * `toString()` (usually class and message), the stack. For a wrong handler, the client writes a sentence instead.
 */
import { textOf } from "../../base/json-object.ts";
import { RepeatedBeginning } from "./repeated-beginning.ts";
import { failure, type LogLine, type RuntimeLine } from "./runtime-log.ts";

const WRONG_HANDLER =
  /^(?:No public method named \S+ with appropriate method signature found on class \S+|Class does not implement an appropriate handler interface: \S+|Class \S+ does not implement \S+ with concrete type parameters|Invalid handler: `[^\r\n]*'|Invalid class signature for [^\r\n]+)$/;
const NOT_FOUND = /^Class not found: \S+: (java\.lang\.ClassNotFoundException)[\t ]*(?:[\r\n]|$)/;

const CLASS = "[\\p{L}_$][\\p{L}\\p{N}_$]*(?:\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*";
const CLASS_TWICE = new RegExp(`: (${CLASS}) \\1(?![\\p{L}\\p{N}_$.])`, "gu");

/**
 * What can follow the message: the stack, or what some classes add to the message in `toString()` (`[Root exception is …]`, `;`, `{…}`).
 */
const AFTER_MESSAGE = /^(?:$| (?:at |Caused by: |Suppressed: |\.\.\. )|[;,]| ?[[{(])/;
/** True for the client's sentence about a handler that does not exist or has no usable form. Such an error has no type. */
export function isWrongHandler(message: string): boolean {
  return WRONG_HANDLER.test(message.trimEnd());
}

export function readJavaLine({ text, object }: LogLine): RuntimeLine | null {
  if (object === null) return isWrongHandler(text) ? failure(null, null) : readText(null, text);
  const { message, level } = object;
  // The client's level is ERROR, and before version 2.4.2 it was UNDEFINED.
  if (typeof message !== "string" || (level !== "ERROR" && level !== "UNDEFINED")) return null;
  const requestId = textOf(object["AWSRequestId"]);
  return requestId !== null && isWrongHandler(message)
    ? failure(requestId, null)
    : readText(requestId, message);
}

function readText(requestId: string | null, text: string): RuntimeLine | null {
  const notFound = NOT_FOUND.exec(text)?.[1];
  if (notFound !== undefined) return failure(requestId, notFound);
  // Copying from the console may join lines, so each run of white space counts as one space.
  const words = text.replace(/\s+/g, " ").trim();
  const beginning = new RepeatedBeginning(words);
  for (const match of words.matchAll(CLASS_TWICE)) {
    const [whole, errorType = ""] = match;
    const message = words.slice(0, match.index).trim();
    if (isRepeated(message, errorType, { words, at: match.index + whole.length, beginning }))
      return failure(requestId, errorType);
  }
  return null;
}

/**
 * True if the text has the order message, class, class, message, as in `busy: a.Busy a.Busy: busy`. No logger writes this. `at` is where
 * the text after the second class begins.
 */
function isRepeated(
  message: string,
  errorType: string,
  {
    words,
    at,
    beginning,
  }: { readonly words: string; readonly at: number; readonly beginning: RepeatedBeginning },
): boolean {
  const again = words.slice(at);
  if (message === "") return /^:?(?:$| (?:at |Caused by: |Suppressed: ))/.test(again);
  if (again.startsWith(": "))
    return beginning.isAt(at + 2, message.length) && AFTER_MESSAGE.test(again.slice(2 + message.length));
  if (again.startsWith(";")) return beginning.isBehind(at, message.length);
  return message === errorType || message === "null";
}

export function bareJavaLines(requestId: string, errorType: string): readonly string[] {
  const texts = [
    `: ${errorType}\n${errorType}: \n\tat a.b(`,
    "Invalid handler: `'",
    `Class not found: a: ${errorType}`,
    `a: ${errorType}\na\n\tat a.b(`,
    `a: ${errorType}`,
  ];
  return [
    ...texts,
    ...texts.flatMap((message) => [
      JSON.stringify({ message, level: "ERROR", AWSRequestId: requestId }),
      JSON.stringify({ AWSRequestId: requestId, message }).slice(0, -1),
      JSON.stringify({ message, level: "ERROR" }),
      // An object that was cut off needs a mark of the family too.
      JSON.stringify({ message, AWSRequestId: "" }).slice(0, -2),
    ]),
  ];
}
