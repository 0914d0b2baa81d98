/**
 * Finds the next place in a chunk where one of many words begins, in any case of letters (the algorithm of Wu and Manber). It looks at two
 * bytes and usually skips to three bytes further. One search serves all messages before the place that it found.
 */
import type { ChunkView } from "./chunk-view.ts";

const PAIRS = 1 << 16;

/** Prepared once for all searches for the same words. */
export class Words {
  /** The length of the shortest word. */
  readonly shortest: number;
  /** By pair of bytes: how far the next word can be at least. 0 if a word can end its first `shortest` bytes here. */
  readonly skips: Uint8Array;
  /** By pair of bytes: the words whose first `shortest` bytes end in this pair. */
  readonly endingIn: ReadonlyMap<number, readonly Uint8Array[]>;

  constructor(words: readonly string[]) {
    this.shortest = Math.min(...words.map(({ length }) => length));
    const furthest = this.shortest - 1;
    this.skips = new Uint8Array(PAIRS).fill(furthest);
    const endingIn = new Map<number, readonly Uint8Array[]>();
    for (const word of words) {
      const bytes = Buffer.from(word, "latin1");
      for (let at = 0; at + 1 < this.shortest; at += 1)
        for (const first of cases(bytes[at] as number))
          for (const second of cases(bytes[at + 1] as number)) {
            const pair = (first << 8) | second;
            this.skips[pair] = Math.min(this.skips[pair] as number, furthest - 1 - at);
            if (at + 2 === this.shortest) endingIn.set(pair, [...(endingIn.get(pair) ?? []), bytes]);
          }
    }
    this.endingIn = endingIn;
  }
}

export class WordSearch {
  readonly #words: Words;
  #view: ChunkView | null = null;
  #from = 0;
  #at = 0;

  constructor(words: Words) {
    this.#words = words;
  }

  isBetween(view: ChunkView, from: number, end: number): boolean {
    if (this.#view !== view || this.#at < from || from < this.#from) {
      this.#view = view;
      this.#from = from;
      this.#at = this.#next(view.bytes, from);
    }
    return this.#at < end;
  }

  #next(bytes: Uint8Array, from: number): number {
    const { shortest, skips, endingIn } = this.#words;
    const { length } = bytes;
    let at = from + shortest - 1;
    while (at < length) {
      const pair = ((bytes[at - 1] as number) << 8) | (bytes[at] as number);
      const skip = skips[pair] as number;
      if (skip > 0) at += skip;
      else {
        const begin = at - shortest + 1;
        if (endingIn.get(pair)?.some((word) => standsAt(bytes, begin, word)) === true) return begin;
        at += 1;
      }
    }
    return Infinity;
  }
}

function standsAt(bytes: Uint8Array, at: number, word: Uint8Array): boolean {
  for (let index = 0; index < word.length; index += 1) {
    const byte = bytes[at + index] as number;
    if (byte !== word[index] && lower(byte) !== word[index]) return false;
  }
  return true;
}

const lower = (byte: number): number => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte);

function cases(byte: number): readonly number[] {
  return byte >= 0x61 && byte <= 0x7a ? [byte, byte - 0x20] : [byte];
}
