/** A text that is compared at many positions, kept as words of four bytes, once for each of the four alignments. */
import type { ChunkView } from "./chunk-view.ts";

interface Aligned {
  readonly words: Int32Array;
  /** The bits of the first and of the last word that belong to the text. */
  readonly first: number;
  readonly last: number;
}

export class Pattern {
  readonly length: number;
  readonly #aligned: readonly Aligned[];

  /** The text may contain a line end only as its last byte, so that the comparison never reads beyond the line. */
  constructor(text: string | Uint8Array) {
    const bytes = typeof text === "string" ? Buffer.from(text) : text;
    this.length = bytes.length;
    this.#aligned = [0, 1, 2, 3].map((shift) => aligned(bytes, shift));
  }

  standsAt({ words, shift }: ChunkView, at: number): boolean {
    const from = at + shift;
    const { words: expected, first, last } = this.#aligned[from & 3] as Aligned;
    const base = from >> 2;
    const end = expected.length - 1;
    if ((((words[base] as number) ^ (expected[0] as number)) & first) !== 0) return false;
    for (let index = 1; index < end; index += 1) if (words[base + index] !== expected[index]) return false;
    return (((words[base + end] as number) ^ (expected[end] as number)) & last) === 0;
  }
}

function aligned(bytes: Uint8Array, shift: number): Aligned {
  const length = shift + bytes.length;
  const words = new Int32Array((length + 3) >> 2);
  new Uint8Array(words.buffer).set(bytes, shift);
  const mask = new Int32Array(words.length);
  new Uint8Array(mask.buffer).fill(0xff, shift, length);
  return { words, first: mask[0] ?? 0, last: mask.at(-1) ?? 0 };
}
