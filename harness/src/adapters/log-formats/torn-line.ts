/**
 * Splits lines whose newline is missing, because a writer was stopped or two writers wrote at the same time. All lines begin with the same
 * characters. These characters cannot occur inside a text, because their quotes would be escaped.
 */

/** How many characters of the beginning are compared: `{"logStreamNa`. */
const START_CHARACTERS = 13;
/** One line becomes at most this many pieces. The last piece is the rest of the line. */
const PIECES_MAX = 16;

/** A piece can itself be incomplete. */
export function tornApart(line: string): readonly string[] {
  const start = line.slice(0, START_CHARACTERS);
  const pieces: string[] = [];
  let from = 0;
  while (start.length === START_CHARACTERS && pieces.length < PIECES_MAX - 1) {
    const next = line.indexOf(start, from + 1);
    if (next === -1) break;
    pieces.push(line.slice(from, next));
    from = next;
  }
  return [...pieces, line.slice(from)];
}
