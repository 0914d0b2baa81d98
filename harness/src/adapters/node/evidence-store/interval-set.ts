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
    else this.#bounds.push(from, to);
  }

  /** The intervals of several sets: ascending bounds, from and to in turns. */
  static merged(sets: Iterable<IntervalSet>): Float64Array {
    const all: (readonly [number, number])[] = [];
    for (const set of sets)
      for (let at = 0; at < set.#bounds.length; at += 2)
        all.push([set.#bounds[at] as number, set.#bounds[at + 1] as number]);
    all.sort((a, b) => a[0] - b[0]);
    const merged: number[] = [];
    for (const [from, to] of all) {
      const last = merged.length - 1;
      if (last > 0 && from <= (merged[last] as number)) merged[last] = Math.max(merged[last] as number, to);
      else merged.push(from, to);
    }
    return Float64Array.from(merged);
  }
}
