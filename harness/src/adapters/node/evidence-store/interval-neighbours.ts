/**
 * Of rows that come in any order: those inside one of the intervals, and the next two on either side of each. One look at each row, and
 * memory for the intervals only.
 */
const NEIGHBOURS = 2;

interface Near {
  readonly value: number;
  readonly row: number;
}

/** The two that come first, and the two that come last, of the rows between two intervals. */
interface Gap {
  readonly first: Near[];
  readonly last: Near[];
}

export class IntervalNeighbours {
  readonly #bounds: Float64Array;
  readonly #keep: (row: number) => void;
  readonly #gaps = new Map<number, Gap>();

  /** `bounds`: ascending, from and to (itself not in it) in turns. */
  constructor(bounds: Float64Array, keep: (row: number) => void) {
    this.#bounds = bounds;
    this.#keep = keep;
  }

  take(value: number, row: number): void {
    const passed = this.#boundsUpTo(value);
    if (passed % 2 === 1) return this.#keep(row);
    let gap = this.#gaps.get(passed);
    if (gap === undefined) this.#gaps.set(passed, (gap = { first: [], last: [] }));
    const near = { value, row };
    if (passed > 0) insert(gap.first, near, -1);
    insert(gap.last, near, 1);
  }

  finish(): void {
    for (const { first, last } of this.#gaps.values())
      for (const { row } of [...first, ...last]) this.#keep(row);
  }

  /** How many bounds are not greater. */
  #boundsUpTo(value: number): number {
    let low = 0;
    let high = this.#bounds.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#bounds[middle] as number) <= value) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** `direction` 1: the greatest are held, -1: the least. */
function insert(held: Near[], near: Near, direction: 1 | -1): void {
  const worst = held[NEIGHBOURS - 1];
  if (worst !== undefined && direction * compare(near, worst) <= 0) return;
  held.push(near);
  held.sort((a, b) => -direction * compare(a, b));
  held.length = Math.min(held.length, NEIGHBOURS);
}

function compare(a: Near, b: Near): number {
  return a.value === b.value ? a.row - b.row : a.value - b.value;
}
