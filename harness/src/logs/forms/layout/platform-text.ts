/** Recognises the platform's lines in text whose beginning or whose line ends are not as the platform wrote them. */
import { TOKEN_PATTERNS } from "./head-tokens.ts";

const UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const JSON_RECORD = String.raw`\{\s*"time"\s*:\s*"[^"]{1,40}"\s*,\s*"type"\s*:\s*"platform\.`;

const WORDS = [
  `START RequestId: ${UUID} Version: `,
  String.raw`END RequestId: ${UUID}(?![\w-])`,
  String.raw`REPORT RequestId: ${UUID}\s+Duration: `,
  "INIT_START Runtime Version: ",
  "INIT_REPORT (?:Init Duration|Phase|Status): ",
  "RESTORE_START Runtime Version: ",
  "RESTORE_REPORT Restore Duration: ",
  JSON_RECORD,
].join("|");
const ANYWHERE = new RegExp(`(?<![\\w"\\\\])(?:${WORDS})`);
const QUOTED = new RegExp(WORDS);
const MARKS = ["RequestId: ", "INIT_", "RESTORE_", '"platform.'];
const AT_START = new RegExp(`^(?:${WORDS})`);

/** Words between which neither the platform, nor a runtime, nor a tool begins another line. */
const WHOLE = new RegExp(
  [
    String.raw`START RequestId: ${UUID} Version: (?:\$LATEST|\d+)`,
    `END RequestId: ${UUID}`,
    String.raw`REPORT RequestId: ${UUID}[\t ]+Duration: [\d.]+ ms[\t ]+Billed Duration: \d+ ms[\t ]+Memory Size: \d+ MB[\t ]+Max Memory Used: \d+ MB`,
    String.raw`INIT_START Runtime Version: \S+[\t ]+Runtime Version ARN: arn:\S+`,
    String.raw`ERROR[\t ]+Invoke Error[\t ]*\{`,
    String.raw`Task timed out after [\d.]+ seconds`,
    UUID,
    TOKEN_PATTERNS.stream,
  ].join("|"),
  "g",
);

/** The position of a platform line in the text, or -1. Words of the platform inside another word or a JSON text are no line. */
export function platformLineAt(text: string): number {
  return ANYWHERE.exec(text)?.index ?? -1;
}

/** Whether the text, which is no JSON, has words of the platform's lines, if only in a quoted text. */
export function quotesPlatformLine(text: string): boolean {
  return !text.startsWith("{") && MARKS.some((mark) => text.includes(mark)) && QUOTED.test(text);
}

export function beginsPlatformLine(text: string): boolean {
  return AT_START.test(text);
}

/** How far into a message its first words can reach, if each is in a line of its own. */
const FIRST_WORDS = 200;

/** Whether the first words of a platform line are broken over several lines. */
export function beginsBroken(message: string): boolean {
  const lineEnd = message.indexOf("\n");
  if (lineEnd === -1 || lineEnd > FIRST_WORDS || AT_START.test(message)) return false;
  return AT_START.test(message.slice(0, 2 * FIRST_WORDS).replaceAll("\n", ""));
}

/** Whether a platform line begins before this position of the text and ends after it. */
export function isInPlatformLine(text: string, position: number): boolean {
  for (const { index, 0: whole } of text.matchAll(WHOLE))
    if (index < position && position < index + whole.length) return true;
  return false;
}
