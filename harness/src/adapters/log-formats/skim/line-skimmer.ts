/**
 * Passes over the lines of a chunk that no judgement reads, keeping only what they say together: that their environments lived.
 * Strict: a line that might be anything else, or is not whole, is where it stops. What it passes over is exactly what reading in full
 * would have called an application's own (test/adapters/log-formats/skim.test.ts).
 */
import { chunkView, isDigit, type ChunkView } from "./chunk-view.ts";
import { JsonLines } from "./json-lines.ts";
import type { LifeSigns } from "./life-signs.ts";
import { TimedLines } from "./timed-lines.ts";

const OPEN_OBJECT = 0x7b;

export class LineSkimmer {
  readonly #signs: LifeSigns;
  readonly #json: JsonLines;
  readonly #timed: TimedLines;
  #view: ChunkView | null = null;

  constructor(signs: LifeSigns) {
    this.#signs = signs;
    this.#json = new JsonLines(signs);
    this.#timed = new TimedLines(signs);
  }

  open(chunk: Buffer): void {
    this.#view = chunkView(chunk);
  }

  /** Tells what was passed over so far. */
  flush(): void {
    if (this.#view !== null) this.#signs.flush(this.#view.chunk);
  }

  close(): void {
    this.flush();
    this.#view = null;
  }

  /**
   * From the beginning of a line in the open chunk to the beginning of the first that must be read. `timed`: lines that begin with a
   * time may be passed over too. `begin` is called at the first line that shows the one before `from` to be over, before it counts.
   */
  skim(from: number, timed: boolean, begin: () => void): number {
    const view = this.#view;
    if (view === null) return from;
    let at = from;
    while (at < view.end) {
      const first = view.bytes[at];
      if (first === OPEN_OBJECT) {
        const next = this.#json.skim(view, at, at === from ? begin : null);
        if (next === -1) return at;
        at = next;
      } else if (timed && isDigit(first)) {
        return this.#timed.skim(view, at, begin);
      } else return at;
    }
    return at;
  }
}
