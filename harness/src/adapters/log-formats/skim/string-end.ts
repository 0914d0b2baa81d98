/**
 * Finds the end of a message and searches the message for marks (logs/line-marks.ts). A message is *raw* (up to the end of its line) or
 * *quoted* (a JSON string). An escape with `\u` could hide a mark, and a line end could be inside one, so a message with either is read in full.
 */
import { BACKSLASH, NEWLINE, plainEnd, QUOTE, RETURN, TAB, type ChunkView } from "./chunk-view.ts";
import { afterOpening, afterPart } from "./runtime-frame.ts";
import type { MarkSearch } from "./mark-search.ts";

const LETTER_N = 0x6e;
const LETTER_R = 0x72;
const LETTER_T = 0x74;
const LETTER_U = 0x75;
const COMMA = 0x2c;

/** Returns the position of the closing quote. Returns -1 if this is no JSON string, or if it has one of these marks or could hide one. */
export function quotedEnd(view: ChunkView, from: number, marks: MarkSearch): number {
  const { bytes } = view;
  const { frame, beginsAfterQuote, findsNothing } = marks;
  const opened = afterOpening(view, from, frame);
  if (beginsAfterQuote[bytes[opened] as number] === 1 && marks.isAfterQuote(view, opened)) return -1;
  for (let at = plainEnd(view, opened); ; at = plainEnd(view, at)) {
    if (bytes[at] === QUOTE) return at;
    if (bytes[at] !== BACKSLASH) return -1;
    const escape = bytes[at + 1] as number;
    at += 2;
    if (escape === QUOTE) {
      if (bytes[at] === COMMA) at = afterPart(view, at, frame);
      if (beginsAfterQuote[bytes[at] as number] === 1 && marks.isAfterQuote(view, at)) return -1;
    } else if (escape === BACKSLASH) {
      if (bytes[at] === LETTER_U || (!findsNothing && isLineEnd(bytes[at] as number))) return -1;
    } else if (!isShortEscape(escape)) return -1;
    else if (!findsNothing && isLineEnd(escape) && !endsQuoted(bytes, at)) return -1;
  }
}

/**
 * Returns the position of the newline. Returns -1 if the text has a control character other than a tab or a carriage return, an escape with
 * `\u`, or one of these marks, also inside a JSON string in the text, or if it could hide one.
 */
export function rawEnd(view: ChunkView, from: number, marks: MarkSearch): number {
  const { bytes } = view;
  const { frame, beginsAfterQuote, findsNothing } = marks;
  const opened = afterOpening(view, from, frame);
  if (beginsAfterQuote[bytes[opened] as number] === 1 && marks.isAfterQuote(view, opened)) return -1;
  for (let at = plainEnd(view, opened); ; at = plainEnd(view, at)) {
    const byte = bytes[at];
    at += 1;
    if (byte === NEWLINE) return at - 1;
    if (byte === QUOTE) {
      if (bytes[at] === COMMA) at = afterPart(view, at, frame);
      if (beginsAfterQuote[bytes[at] as number] === 1 && marks.isAfterQuote(view, at)) return -1;
    } else if (byte === BACKSLASH) {
      if (bytes[at] === LETTER_U || (!findsNothing && isLineEnd(bytes[at] as number))) return -1;
    } else if (byte === RETURN) {
      if (!findsNothing && bytes[at] !== NEWLINE) return -1;
    } else if (byte !== TAB) return -1;
  }
}

function isLineEnd(letter: number): boolean {
  return letter === LETTER_N || letter === LETTER_R;
}

/** Whether only line ends follow up to the closing quote. */
function endsQuoted(bytes: Uint8Array, from: number): boolean {
  let at = from;
  while (bytes[at] === BACKSLASH && isLineEnd(bytes[at + 1] as number)) at += 2;
  return bytes[at] === QUOTE;
}

/** Whether this byte is one of n, t, r, `/`, b and f. */
function isShortEscape(byte: number): boolean {
  return (
    byte === LETTER_N ||
    byte === LETTER_T ||
    byte === LETTER_R ||
    byte === 0x2f ||
    byte === 0x62 ||
    byte === 0x66
  );
}
