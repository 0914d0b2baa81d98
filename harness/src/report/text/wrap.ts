/** Breaks a sentence into lines. A word that is longer than a line is broken. */
import stringWidth from "string-width";

export interface WrapOptions {
  readonly columns: number;
  readonly indent?: string;
  /** The text before the first line, instead of `indent`. */
  readonly first?: string;
}

export function wrap(text: string, { columns, indent = "", first = indent }: WrapOptions): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  const close = (): void => {
    lines.push(line);
    line = indent;
    empty = true;
  };
  for (const word of text.split(/ +/u).filter((each) => each !== "")) {
    const room = Math.max(1, columns - stringWidth(indent));
    for (const piece of cut(word, room)) {
      const gap = empty ? "" : " ";
      if (!empty && stringWidth(line) + 1 + stringWidth(piece) > columns) {
        close();
        line += piece;
      } else line += gap + piece;
      empty = false;
    }
  }
  if (!empty || lines.length === 0) lines.push(line);
  return lines;
}

/** Shortens in the middle, because the two ends of a name identify it better than its beginning alone. */
export function shorten(text: string, columns: number): string {
  if (stringWidth(text) <= columns) return text;
  const letters = [...SEGMENTS.segment(text)].map(({ segment }) => segment);
  let [head, tail] = ["", ""];
  for (let index = 0; index < letters.length; index += 1) {
    const fromEnd = index % 2 === 1;
    const letter = fromEnd ? letters[letters.length - 1 - (index >> 1)] : letters[index >> 1];
    // The letter goes between head and tail, so the width is the same whether it is added to the head or to the tail.
    if (stringWidth(head + (letter ?? "") + tail) + 1 > columns) break;
    if (fromEnd) tail = (letter ?? "") + tail;
    else head += letter ?? "";
  }
  return `${head}…${tail}`;
}

const SEGMENTS = new Intl.Segmenter("en", { granularity: "grapheme" });

function cut(word: string, room: number): readonly string[] {
  if (stringWidth(word) <= room) return [word];
  const pieces: string[] = [];
  let piece = "";
  for (const { segment } of SEGMENTS.segment(word)) {
    if (piece !== "" && stringWidth(piece + segment) > room) {
      pieces.push(piece);
      piece = "";
    }
    piece += segment;
  }
  return [...pieces, piece];
}
