/** The times during which connections were open, searched without looking at each of them. */
import { ALWAYS, later, type Span } from "../../base/clocks.ts";
import type { EpochMs } from "../../base/time.ts";
import { firstIndex } from "../../base/first-index.ts";

export class OpenSpans {
  readonly #from: readonly EpochMs[];
  /** For each span, in the order of the beginnings: the latest end of this span and of all spans before it. */
  readonly #latest: readonly EpochMs[];

  constructor(spans: readonly Span[]) {
    const sorted = [...spans].sort((a, b) => a.from - b.from);
    this.#from = sorted.map(({ from }) => from);
    let latest: EpochMs = ALWAYS;
    this.#latest = sorted.map(({ to }) => (latest = later(latest, to)));
  }

  /** Whether one connection was open before this span began and after it ended. */
  cover({ from, to }: Span): boolean {
    const begun = firstIndex(this.#from.length, (index) => (this.#from[index] ?? Infinity) > from);
    return (this.#latest[begun - 1] ?? -Infinity) > to;
  }
}
