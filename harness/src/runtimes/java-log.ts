/**
 * Reads the text that Java's client writes for a failed invocation (docs/aws/runtime-logs.md#java): message and class, the exception's
 * `toString()` (usually class and message), the stack. For a wrong handler, the client writes a sentence instead.
 */
import { textOf, type JsonObject } from "../domain/json-object.ts";
import { RepeatedBeginning } from "./repeated-beginning.ts";
import { doubtful, failure, type LogLine, type RuntimeLine } from "./runtime-log.ts";

/** The client's sentences about a wrong handler begin with one of these texts. They name no exception class. */
export const HANDLER_SENTENCES = [
  "No public method named",
  "Class ",
  "Invalid handler: ",
  "Invalid class signature for",
] as const;
const WRONG_HANDLER =
  /^(?:No public method named \S+ with appropriate method signature found on class \S+|Class does not implement an appropriate handler interface: \S+|Class \S+ does not implement \S+ with concrete type parameters|Invalid handler: `[^\r\n]*'|Invalid class signature for [^\r\n]+)$/;
const NOT_FOUND = /^Class not found: \S+: (java\.lang\.ClassNotFoundException)[\t ]*(?:[\r\n]|$)/;

const CLASS = "[\\p{L}_$][\\p{L}\\p{N}_$]*(?:\\.[\\p{L}_$][\\p{L}\\p{N}_$]*)*";
const CLASS_TWICE = new RegExp(`: (${CLASS}) \\1(?![\\p{L}\\p{N}_$.])`, "gu");
const CLASS_AT_END = new RegExp(`: (${CLASS})\\s*$`, "u");
const CLASS_FIRST = new RegExp(`^${CLASS}: `, "u");
const CLASS_INSIDE = new RegExp(`: (${CLASS})(?= |$)`, "gu");
/** A word that is certainly a class, because it has a package or the usual ending. Any other word could be part of a sentence. */
const SURELY_CLASS = /\.[\p{Lu}_$][^.]*$|(?:Exception|Error|Throwable)$/u;
const EXCEPTION = /\.[^.]*(?:Exception|Error|Throwable)$/u;

const STACK = /\sat /;
const FRAME = /\sat [\p{L}_$][^\s(]*\(/u;
const BELOW = /^\s*(?:at |Caused by: |Suppressed: |\.\.\. )/;
/**
 * What can follow the message: the stack, or what some classes add to the message in `toString()` (`[Root exception is …]`, `;`, `{…}`).
 */
const AFTER_MESSAGE = /^(?:$| (?:at |Caused by: |Suppressed: |\.\.\. )|[;,]| ?[[{(])/;
/** The beginning of a logger's line: a level or a time. */
const LOGGED =
  /^\s*(?:\[?(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|SEVERE)(?=[\s\]])|\d{4}-\d\d-\d\d[T ]|\d\d:\d\d:\d\d)/;
/** A part of a stack that `printStackTrace` writes on a separate line. */
const PART_OF_STACK = /^\s*(?:Caused by: |Suppressed: )/;

/** True for the client's sentence about a handler that does not exist or has no usable form. Such an error has no type. */
export function isWrongHandler(message: string): boolean {
  return WRONG_HANDLER.test(message.trimEnd());
}

export function readJavaLine({ text, object, cut }: LogLine): RuntimeLine | null {
  if (object !== null) return readObject(object, cut === true);
  return isWrongHandler(text) ? failure(null, null) : (readText(null, text) ?? readCutText(text));
}

/**
 * The client's text is in `message`. Any other message with a stack comes from a logger: `readText` recognises nothing in it, or finds it
 * ambiguous and the level is not the client's.
 */
function readObject(object: JsonObject, cut: boolean): RuntimeLine | null {
  const { message, level } = object;
  // The level follows the message, so it is missing from an object that was cut off inside the message.
  if (typeof message !== "string" || (typeof level !== "string" && !cut)) return null;
  const requestId = textOf(object["AWSRequestId"]);
  if (requestId !== null && isWrongHandler(message)) return failure(requestId, null);
  const said = readText(requestId, message) ?? (cut ? readCutText(message) : null);
  if (said?.kind === "failed-invocation" || cut) return said;
  // The client's level is ERROR, and before version 2.4.2 it was UNDEFINED.
  if (said !== null && (level === "ERROR" || level === "UNDEFINED")) return said;
  return requestId !== null && STACK.test(message)
    ? { kind: "application", requestId, errorType: null }
    : null;
}

function readText(requestId: string | null, text: string): RuntimeLine | null {
  const notFound = NOT_FOUND.exec(text)?.[1];
  if (notFound !== undefined) return failure(requestId, notFound);
  // Copying from the console may join lines, so each run of white space counts as one space.
  const words = text.replace(/\s+/g, " ").trim();
  let perhaps: string | null = null;
  const beginning = new RepeatedBeginning(words);
  for (const match of words.matchAll(CLASS_TWICE)) {
    const [whole, errorType = ""] = match;
    const message = words.slice(0, match.index).trim();
    if (isRepeated(message, errorType, { words, at: match.index + whole.length, beginning }))
      return failure(requestId, errorType);
    if (SURELY_CLASS.test(errorType)) perhaps ??= errorType;
  }
  if (LOGGED.test(text)) return null;
  perhaps ??= classAboveStack(text, words);
  return perhaps === null ? null : doubtful(requestId, perhaps);
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

/** Returns the class of an exception that overrides `toString()`. One line of its text ends in the class; then come other text and the stack. */
function classAboveStack(text: string, words: string): string | null {
  if (!FRAME.test(text)) return null;
  const lines = text.trim().split(/[\r\n]+/);
  for (const [index, line] of lines.entries()) {
    if (BELOW.test(line)) return null;
    const [, errorType = ""] = CLASS_AT_END.exec(line) ?? [];
    const next = lines[index + 1];
    if (SURELY_CLASS.test(errorType) && next !== undefined && !BELOW.test(next)) return errorType;
  }
  if (lines.length > 1) return null;
  const frame = FRAME.exec(words);
  const frameEnd = frame === null ? Infinity : frame.index + frame[0].length;
  for (const { 1: errorType = "", index, 0: whole } of words.matchAll(CLASS_INSIDE)) {
    const before = words.slice(0, index);
    if (index >= frameEnd || before.endsWith("Caused by") || before.endsWith("Suppressed")) return null;
    const behind = words.slice(index + whole.length);
    if (/\.[\p{Lu}_$][^.]*$/u.test(errorType) && behind !== "" && !BELOW.test(behind)) return errorType;
  }
  return null;
}

/** Reads a text that was cut off after its first line or inside its second line. A function can print such a text, too. */
function readCutText(text: string): RuntimeLine | null {
  if (LOGGED.test(text) || PART_OF_STACK.test(text) || FRAME.test(text)) return null;
  const words = text.replace(/\s+/g, " ").trim();
  const beginning = new RepeatedBeginning(words);
  for (const { 1: errorType = "", index, 0: whole } of words.matchAll(CLASS_INSIDE)) {
    const message = words.slice(0, index).trim();
    const behind = words.slice(index + whole.length).trim();
    if (behind === "") {
      // `printStackTrace` writes `Outer: Inner` on a separate line if the cause has no message.
      const isStackLine = CLASS_FIRST.test(words) && words.includes(".") && message !== errorType;
      if (EXCEPTION.test(errorType) && !(isStackLine && SURELY_CLASS.test(words.split(":", 1)[0] ?? "")))
        return doubtful(null, errorType);
    } else if (
      SURELY_CLASS.test(errorType) &&
      isCutMessage(`${errorType}: `, behind, message.length, beginning)
    )
      return doubtful(null, errorType);
  }
  return null;
}

/** Whether the end of the text is a part of the class and the message, and the message is the beginning of the text. */
function isCutMessage(
  before: string,
  behind: string,
  messageLength: number,
  beginning: RepeatedBeginning,
): boolean {
  const left = behind.length - before.length;
  if (left <= 0) return before.startsWith(behind);
  return behind.startsWith(before) && left <= messageLength && beginning.endsText(left);
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
