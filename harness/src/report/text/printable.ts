/**
 * Makes text from outside safe for a terminal: an escape sequence in it must not move the cursor, change colours or hide text. Line ends
 * become spaces.
 */
export function printable(text: string): string {
  const [first = "", ...others] = text.split(LINE_END);
  const last = others.pop();
  if (last === undefined) return withoutControls(text);
  const between = others.map((line) => line.trim()).filter((line) => line !== "");
  return withoutControls([first.trimEnd(), ...between, last.trimStart()].join(" "));
}

/** Like `printable`, but lines and tabs stay. */
export function printableLines(text: string): string {
  return text
    .split(LINE_END)
    .map((line) => line.split("\t").map(withoutControls).join("\t"))
    .join("\n");
}

const LINE_END = /\r\n|[\r\n\u0085\u2028\u2029]/u;

const withoutControls = (text: string): string => text.replace(UNPRINTABLE, "\uFFFD");

/** Control characters, marks that reorder text (bidirectional overrides), invisible tags and lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/gu;
