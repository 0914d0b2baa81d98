/** Keeps the lines of one file of a run in the store, in blocks. They can be read again and again, in the order in which they came. */
import type { StoredText, TextStore } from "./text-store.ts";

const BLOCK_CHARACTERS = 32_768;

export class StoredLines<Line extends object> implements Iterable<Line> {
  readonly #store: TextStore;
  readonly #share: (line: Line) => Line;
  readonly #blocks: StoredText[] = [];
  #waiting: string[] = [];
  #waitingCharacters = 0;

  /** `share` replaces texts that occur in many lines by one copy of each (shared-texts.ts). */
  constructor(store: TextStore, share: (line: Line) => Line) {
    this.#store = store;
    this.#share = share;
  }

  add(line: Line): void {
    const text = JSON.stringify(line);
    this.#waiting.push(text);
    this.#waitingCharacters += text.length;
    if (this.#waitingCharacters < BLOCK_CHARACTERS) return;
    this.#blocks.push(this.#store.append(this.#waiting.join(",")));
    this.#waiting = [];
    this.#waitingCharacters = 0;
  }

  *[Symbol.iterator](): Generator<Line> {
    for (const block of this.#blocks) yield* this.#read(this.#store.read(block));
    yield* this.#read(this.#waiting.join(","));
  }

  *#read(block: string): Generator<Line> {
    for (const line of JSON.parse(`[${block}]`) as readonly Line[]) yield this.#share(line);
  }
}
