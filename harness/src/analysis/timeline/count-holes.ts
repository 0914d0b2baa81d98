/**
 * Decides whether numbers were counted up one by one, and how many of them are missing. The contracts only promise that numbers are in order or
 * unique, so they may also be arbitrary ids. A gap shows a missing line only if the numbers are dense enough to be a count.
 */
export interface Holes {
  /** Whether the numbers look like a count. */
  readonly counted: boolean;
  readonly holes: number;
}

/** If fewer than one in this many numbers of the range are present, the numbers are ids or times and not a count with missing lines. */
const SPARSE = 200;
/** If at least this many numbers have a common step greater than 1, the count goes up by that step. */
const STEP_EVIDENCE = 8;

/**
 * `between` is the number of lines that are only counted: their numbers lie between the given ones and are not missing. If `fromOne` is true, the
 * count begins at 0 or 1, so numbers can also be missing at the beginning.
 */
export function countHoles(numbers: readonly number[], fromOne: boolean, between = 0): Holes {
  const distinct = [...new Set(numbers)].sort((a, b) => a - b);
  const first = distinct[0];
  const last = distinct.at(-1);
  if (first === undefined || last === undefined) return { counted: false, holes: 0 };
  const span = last - (fromOne ? Math.min(first, 1) : first) + 1;
  if (span > SPARSE * (distinct.length + between)) return { counted: false, holes: 0 };
  const step = between === 0 && distinct.length >= STEP_EVIDENCE ? commonStep(distinct) : 1;
  const expected = Math.floor((last - first) / step) + 1;
  const before = fromOne && step === 1 ? Math.max(0, first - 1) : 0;
  return { counted: true, holes: expected - distinct.length - between + before };
}

function commonStep(ascending: readonly number[]): number {
  let step = 0;
  for (let index = 1; index < ascending.length; index += 1) {
    let a = step;
    let b = (ascending[index] ?? 0) - (ascending[index - 1] ?? 0);
    while (b !== 0) [a, b] = [b, a % b];
    step = a;
  }
  return Math.max(step, 1);
}
