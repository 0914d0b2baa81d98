/**
 * Finds the end of a message and searches for signs that the message must be read. A message is either unchanged in its line (*raw*, up to
 * the end of the line) or a JSON string (*quoted*, up to its closing quote; `"` is written as `\"`).
 *
 * These are the signs. An object with a `type` of `platform.…` is a platform record. An object with a member `longrun`, or a text with
 * `"longrun"` in it, is a lifecycle line. An object is an error of a runtime if it has a member `errorType`, an object in `message`, or words
 * of the clients for Java, Python and Rust. Each of these words follows a quote, and only an escape with `\u` could hide it. A stack of Java
 * or Node follows a line end, which may itself be written as `\n`.
 */
import { BACKSLASH, NEWLINE, plainEnd, QUOTE, RETURN, SPACE, TAB, type ChunkView } from "./chunk-view.ts";
import { Pattern } from "./pattern.ts";

/** How a message is written. */
export interface Form {
  readonly quoted: boolean;
  pattern(text: string): Pattern;
}

export const RAW: Form = { quoted: false, pattern: (text) => new Pattern(text) };
export const QUOTED: Form = { quoted: true, pattern: (text) => new Pattern(text.replaceAll('"', '\\"')) };

const SIGNS = [
  ...["longrun", "platform.", "errorType", "errorMessage", "AWSRequestId"],
  ...["LAMBDA_WARNING", "Lambda runtime", "user handler panicked"],
].map((word) => new Pattern(word));
/** The texts that follow a line end in a stack of Java and in an error of old clients for Python. */
const STACKS = ["\\tat ", "    at ", "Traceback (most"].map((text) => new Pattern(text));
/**
 * The texts after the backslash of a line end that is written as `\n`, if the next line is a stack frame of Java or Node. `QUOTED_STACKS`
 * is for a JSON string, `RAW_STACKS` for an unchanged message.
 */
const QUOTED_STACKS = ["n\\\\tat ", "n    at "].map((text) => new Pattern(text));
const RAW_STACKS = ["n\\tat ", "n    at "].map((text) => new Pattern(text));
const MESSAGE = new Pattern("message");
/** The word that follows a tab in a line of Python's logger. */
const WARNING = new Pattern("LAMBDA_WARNING");
const LETTER_M = 0x6d;
const LETTER_N = 0x6e;
const CAPITAL_A = 0x41;
const CAPITAL_L = 0x4c;
const LETTER_L = 0x6c;
const LETTER_P = 0x70;
const LETTER_E = 0x65;
const LETTER_T = 0x74;
const LETTER_U = 0x75;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
/** The characters that can be between a member's name and its object, and the characters of their escapes. */
const BEFORE_OBJECT = [QUOTE, 0x3a, SPACE, TAB, RETURN, BACKSLASH, LETTER_N, 0x72, LETTER_T];

/** Returns the position of the closing quote. Returns -1 if this is no JSON string, or if signs matter and it contains a sign. */
export function quotedEnd(view: ChunkView, from: number, signsMatter: boolean): number {
  const { bytes } = view;
  const opened = afterOpening(view, from, QUOTED_FRAME);
  if (signsMatter && signAt(view, opened)) return -1;
  for (let at = plainEnd(view, opened); ; at = plainEnd(view, at)) {
    if (bytes[at] === QUOTE) return at;
    if (bytes[at] !== BACKSLASH) return -1;
    const escape = bytes[at + 1] as number;
    at += 2;
    if (escape === QUOTE) {
      if (bytes[at] === COMMA) at = afterPhrase(view, at, QUOTED_FRAME);
      if (signsMatter && signAt(view, at)) return -1;
    } else if (escape === BACKSLASH) {
      if (bytes[at] === LETTER_U || (signsMatter && QUOTED_STACKS.some((stack) => stack.standsAt(view, at))))
        return -1;
    } else if (!isShortEscape(escape)) return -1;
    else if (signsMatter && escape === LETTER_N && STACKS.some((stack) => stack.standsAt(view, at)))
      return -1;
    else if (signsMatter && escape === LETTER_T && WARNING.standsAt(view, at)) return -1;
  }
}

/**
 * Returns the position of the newline. A sign counts after every quote, even inside a nested string. Returns -1 if the text contains a sign
 * or is no plain text.
 */
export function rawEnd(view: ChunkView, from: number, signsMatter: boolean): number {
  const { bytes } = view;
  const opened = afterOpening(view, from, RAW_FRAME);
  if (signsMatter && signAt(view, opened)) return -1;
  for (let at = plainEnd(view, opened); ; at = plainEnd(view, at)) {
    const byte = bytes[at];
    at += 1;
    if (byte === NEWLINE) return at - 1;
    if (byte === QUOTE) {
      if (bytes[at] === COMMA) at = afterPhrase(view, at, RAW_FRAME);
      if (signsMatter && signAt(view, at)) return -1;
    } else if (byte === BACKSLASH) {
      if (bytes[at] === LETTER_U || (signsMatter && RAW_STACKS.some((stack) => stack.standsAt(view, at))))
        return -1;
    } else if (byte !== TAB && byte !== RETURN) return -1;
    else if (signsMatter && byte === TAB && WARNING.standsAt(view, at)) return -1;
  }
}

/** Whether a sign begins at this position, which follows a quote. */
function signAt(view: ChunkView, at: number): boolean {
  const first = view.bytes[at];
  if (first === LETTER_M) return MESSAGE.standsAt(view, at) && objectFollows(view, at + MESSAGE.length);
  if (
    first !== LETTER_L &&
    first !== LETTER_P &&
    first !== LETTER_E &&
    first !== LETTER_U &&
    first !== CAPITAL_A &&
    first !== CAPITAL_L
  )
    return false;
  return SIGNS.some((sign) => sign.standsAt(view, at));
}

/** Whether the value of the member whose name ends here is an object. There may be white space around the colon, also as escapes. */
function objectFollows({ bytes }: ChunkView, from: number): boolean {
  let at = from;
  for (let byte = bytes[at]; byte !== undefined; at += 1, byte = bytes[at]) {
    if (byte === OPEN_OBJECT) return true;
    if (!BEFORE_OBJECT.includes(byte)) return false;
  }
  return false;
}

/** Whether this byte is one of n, t, r, `/`, b and f. */
function isShortEscape(byte: number): boolean {
  return (
    byte === 0x6e || byte === LETTER_T || byte === 0x72 || byte === 0x2f || byte === 0x62 || byte === 0x66
  );
}

/** The JSON frame that a runtime puts around each line. It has many quotes and no sign, so its parts are skipped to save time. */
interface Frame {
  readonly opening: Pattern;
  readonly level: Pattern;
  readonly message: Pattern;
}

function frame(form: Form): Frame {
  return {
    opening: form.pattern('{"timestamp":"'),
    level: form.pattern(',"level":"INFO","requestId":"'),
    message: form.pattern(',"message":"'),
  };
}
const RAW_FRAME = frame(RAW);
const QUOTED_FRAME = frame(QUOTED);

function afterOpening(view: ChunkView, at: number, { opening }: Frame): number {
  return opening.standsAt(view, at) ? at + opening.length : at;
}

/** Skips a part of the frame. The given position and the returned position each follow a quote. */
function afterPhrase(view: ChunkView, at: number, { level, message }: Frame): number {
  if (level.standsAt(view, at)) return at + level.length;
  return message.standsAt(view, at) ? at + message.length : at;
}
