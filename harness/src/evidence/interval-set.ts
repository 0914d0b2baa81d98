/** A set of times, each widened to an interval. Touching intervals are joined, so roughly ascending times need little memory. */
import { withMore } from "./with-more.ts";

export class IntervalSet {
  readonly #before: number;
  readonly #after: number;
  /** The beginning and the end of each interval, one after the other. The end is excluded. */
  #bounds: number[];

  constructor(beforeMs: number, afterMs: number, bounds: readonly number[] = []) {
    this.#before = beforeMs;
    this.#after = afterMs;
    this.#bounds = [...bounds];
  }

  get bounds(): readonly number[] {
    return this.#bounds;
  }

  add(time: number): void {
    const [from, to] = [time - this.#before, time + this.#after];
    const last = this.#bounds.length - 1;
    const [lastFrom, lastTo] = [this.#bounds[last - 1] ?? Infinity, this.#bounds[last] ?? -Infinity];
    if (from >= lastFrom && from <= lastTo) this.#bounds[last] = Math.max(lastTo, to);
    else this.#bounds = withMore(this.#bounds, from, to);
  }

  /** In ascending order: the beginning and the end of each interval, one after the other. */
  static merged(sets: Iterable<IntervalSet>): Float64Array {
    const all: number[] = [];
    for (const set of sets) for (const bound of set.#bounds) all.push(bound);
    // The indexes of the beginnings, in ascending order of the beginnings. The end is at the next index.
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
