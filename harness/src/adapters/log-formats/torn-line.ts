/**
 * A writer that was stopped, or two that wrote at once, leave lines without a newline between them: one that was torn off, or whole ones.
 * The lines of a file begin alike, and inside a text such a beginning cannot stand, since its quotes would be escaped.
 */

/** By which lines know each other: `{"logStreamNa`. */
const START_CHARACTERS = 13;
/** So many are looked for in one line; what is left is one piece. */
const PIECES_MAX = 16;

/** The pieces of a line that is no JSON as a whole, in order; each may be whole or not. */
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
