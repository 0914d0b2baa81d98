/**
 * Makes text from outside safe for a terminal: an escape sequence in it must not move the cursor, change colours or hide text. Line ends
 * become spaces.
 */
export function printable(text: string): string {
  return text.replace(/\s*[\r\n\u0085\u2028\u2029]+\s*/gu, " ").replace(UNPRINTABLE, "\uFFFD");
}

/** Control characters, marks that reorder text (bidirectional overrides), invisible tags and lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/gu;
