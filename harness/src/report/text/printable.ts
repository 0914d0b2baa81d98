/**
 * Text that is safe on a terminal line: names and messages are other people's, and an escape sequence in one must not
 * move the cursor, colour the rest or hide what follows. Line ends become spaces.
 */
export function printable(text: string): string {
  return text.replace(/\s*[\r\n\u0085\u2028\u2029]+\s*/gu, " ").replace(UNPRINTABLE, "\uFFFD");
}

/** Controls, marks that reorder text (bidirectional overrides), invisible tags, lone surrogates. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u{E0000}-\u{E007F}]/gu;
