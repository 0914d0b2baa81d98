import { withMore } from "./with-more.ts";

/** Instants with so many milliseconds around each, as intervals that do not touch; small while instants come in about their own order. */
export class IntervalSet {
  readonly #before: number;
  readonly #behind: number;
  /** From, to (itself not in it), from, to, ... */
  #bounds: number[] = [];

  /** An instant `t` stands for all of `t - beforeMs` up to and without `t + behindMs`. */
  constructor(beforeMs: number, behindMs: number) {
    this.#before = beforeMs;
    this.#behind = behindMs;
  }

  add(time: number): void {
    const [from, to] = [time - this.#before, time + this.#behind];
    const last = this.#bounds.length - 1;
    const [lastFrom, lastTo] = [this.#bounds[last - 1] ?? Infinity, this.#bounds[last] ?? -Infinity];
    if (from >= lastFrom && from <= lastTo) this.#bounds[last] = Math.max(lastTo, to);
    else this.#bounds = withMore(this.#bounds, from, to);
  }

  /** The intervals of several sets: ascending bounds, from and to in turns. */
  static merged(sets: Iterable<IntervalSet>): Float64Array {
    const all: number[] = [];
    for (const set of sets) for (const bound of set.#bounds) all.push(bound);
    // Where intervals begin, ascending; each with its index, so that its end is found.
    const order = Uint32Array.from({ length: all.length / 2 }, (_, index) => 2 * index);
    order.sort((a, b) => (all[a] as number) - (all[b] as number));
    const merged = new Float64Array(all.length);
    let length = 0;
    for (const at of order) {
      const [from, to] = [all[at] as number, all[at + 1] as number];
      const last = length - 1;
      if (last > 0 && from <= (merged[last] as number)) merged[last] = Math.max(merged[last] as number, to);
      else {
        merged[length] = from;
        merged[length + 1] = to;
        length += 2;
      }
    }
    return merged.slice(0, length);
  }
}
