/** Keeps the rows that lie inside an interval, and the two nearest rows on each side of each interval. Rows can be taken in any order. */
import { firstIndex } from "../../domain/first-index.ts";

const NEIGHBOURS = 2;
/** For each gap between two intervals, this many numbers are kept: value and row number of the first two rows in it, then of the last two. */
const GAP = 4 * NEIGHBOURS;
const ENTRY = 2;
const FIRST = 0;
const LAST = ENTRY * NEIGHBOURS;
const NO_ROW = -1;

export class IntervalNeighbours {
  readonly #bounds: Float64Array;
  readonly #keep: (row: number) => void;
  readonly #gaps: Float64Array;

  /** `bounds` has the beginning and the end (excluded) of each interval, one after the other, in ascending order. */
  constructor(bounds: Float64Array, keep: (row: number) => void) {
    this.#bounds = bounds;
    this.#keep = keep;
    this.#gaps = new Float64Array(GAP * (bounds.length / 2 + 1)).fill(NO_ROW);
  }

  take(value: number, row: number): void {
    const passed = this.#boundsUpTo(value);
    if (passed % 2 === 1) return this.#keep(row);
    const gap = GAP * (passed / 2);
    if (passed > 0) this.#insert(gap + FIRST, value, row, -1);
    this.#insert(gap + LAST, value, row, 1);
  }

  finish(): void {
    for (let at = 1; at < this.#gaps.length; at += ENTRY) {
      const row = this.#gaps[at] as number;
      if (row !== NO_ROW) this.#keep(row);
    }
  }

  /** Keeps the two rows with the greatest values if `direction` is 1, or with the lowest values if it is -1. */
  #insert(from: number, value: number, row: number, direction: 1 | -1): void {
    const gaps = this.#gaps;
    let [newValue, newRow] = [value, row];
    for (let at = from; at < from + ENTRY * NEIGHBOURS; at += ENTRY) {
      const [heldValue, heldRow] = [gaps[at] as number, gaps[at + 1] as number];
      if (heldRow !== NO_ROW && direction * compare(newValue, newRow, heldValue, heldRow) <= 0) continue;
      [gaps[at], gaps[at + 1]] = [newValue, newRow];
      if (heldRow === NO_ROW) return;
      [newValue, newRow] = [heldValue, heldRow];
    }
  }

  #boundsUpTo(value: number): number {
    return firstIndex(this.#bounds.length, (index) => (this.#bounds[index] as number) > value);
  }
}

function compare(value: number, row: number, otherValue: number, otherRow: number): number {
  return value === otherValue ? row - otherRow : value - otherValue;
}
