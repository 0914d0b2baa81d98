/**
 * Skips application lines (lines of the function's own code) without reading them. It skips only lines that a full reading would recognise
 * as such (test/adapters/log-formats/skim.test.ts).
 */
import { chunkView, isDigit, type ChunkView } from "./chunk-view.ts";
import { PrintedEvents } from "./printed-events.ts";
import type { LifeSigns } from "./life-signs.ts";
import { TimedLines } from "./timed-lines.ts";

const OPEN_OBJECT = 0x7b;

export class LineSkimmer {
  readonly #signs: LifeSigns;
  readonly #json: PrintedEvents;
  readonly #timed: TimedLines;
  #view: ChunkView | null = null;

  constructor(signs: LifeSigns) {
    this.#signs = signs;
    this.#json = new PrintedEvents(signs);
    this.#timed = new TimedLines(signs);
  }

  open(chunk: Buffer): void {
    this.#view = chunkView(chunk);
  }

  flush(): void {
    this.#signs.flush();
  }

  close(): void {
    this.#signs.flush();
    this.#view = null;
  }

  /**
   * Skips to the first line that must be read, and returns its position. If `timed` is true, lines that begin with a time may be skipped,
   * too. `begin` is called when a line shows that the message before `from` has ended, before that line is noted (life-signs.ts).
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
