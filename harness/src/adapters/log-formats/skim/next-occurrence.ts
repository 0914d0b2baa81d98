import type { ChunkView } from "./chunk-view.ts";

/** Finds the next occurrence of a text in a chunk. One search serves all messages before that occurrence. */
export class NextOccurrence {
  readonly #text: string;
  readonly #start: string;
  #view: ChunkView | null = null;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
    this.#start = text.slice(0, FAST_SEARCH_BYTES);
  }

  isBetween(view: ChunkView, from: number, end: number): boolean {
    if (this.#view !== view || this.#at < from) {
      this.#view = view;
      this.#at = this.#next(view.chunk, from);
    }
    return this.#at < end;
  }

  #next(chunk: Buffer, from: number): number {
    let at = chunk.indexOf(this.#start, from, "latin1");
    while (at !== -1 && chunk.toString("latin1", at, at + this.#text.length) !== this.#text)
      at = chunk.indexOf(this.#start, at + 1, "latin1");
    return at === -1 ? Infinity : at;
  }
}

/**
 * Node searches for a text of at most this many bytes with fast instructions. The search for a longer text takes ten times as long if the
 * text's first byte is frequent.
 */
const FAST_SEARCH_BYTES = 7;
