/**
 * Counts missing numbers. A log that others wrote may not count its lines or connections one by one, so a gap shows a missing line only if
 * the numbers are dense.
 */
export interface Holes {
  /** Whether the numbers look like a count. */
  readonly counted: boolean;
  readonly holes: number;
}

/** If fewer than one in this many numbers of the range are present, the numbers are not a count, but ids or times. */
const SPARSE = 200;
/** If at least this many numbers have a common step, the count goes up by that step. */
const STEP_EVIDENCE = 8;

/** With `fromOne`, the count begins at 0 or 1. */
export function countHoles(numbers: readonly number[], fromOne: boolean): Holes {
  const summary = summarised(numbers);
  if (summary === null) return { counted: false, holes: 0 };
  const { first, last, distinct } = summary;
  const span = last - (fromOne ? Math.min(first, 1) : first) + 1;
  if (span > SPARSE * distinct) return { counted: false, holes: 0 };
  const step = distinct >= STEP_EVIDENCE ? commonStep(numbers) : 1;
  const expected = Math.floor((last - first) / step) + 1;
  const before = fromOne && step === 1 ? Math.max(0, first - 1) : 0;
  return { counted: true, holes: expected - distinct + before };
}

export interface NumberSummary {
  readonly first: number;
  readonly last: number;
  readonly distinct: number;
}

/** Returns null for an empty list. */
export function summarised(numbers: readonly number[]): NumberSummary | null {
  const distinct = [...new Set(numbers)].sort((a, b) => a - b);
  const [first, last] = [distinct[0], distinct.at(-1)];
  if (first === undefined || last === undefined) return null;
  return { first, last, distinct: distinct.length };
}

/** Returns the greatest step of a count that contains all the numbers. */
function commonStep(numbers: readonly number[]): number {
  const ascending = [...numbers].sort((a, b) => a - b);
  let step = 0;
  for (let index = 1; index < ascending.length; index += 1) {
    let a = step;
    let b = (ascending[index] ?? 0) - (ascending[index - 1] ?? 0);
    while (b !== 0) [a, b] = [b, a % b];
    step = a;
  }
  return Math.max(step, 1);
}
