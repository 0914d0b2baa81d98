/**
 * Whether numbers visibly count, and how many of them are missing. Contracts promise order or uniqueness only, so a hole is
 * taken for a missing line where the numbers are dense enough to be a count, and for nothing where they are arbitrary ids.
 */
export interface Holes {
  /** The numbers look like a count. */
  readonly counted: boolean;
  readonly holes: number;
}

/** Sparser than one in so many, and they are ids or times rather than a count that lost lines. */
const SPARSE = 200;
/** So many numbers with one common step greater than 1 show that it counts by that step. */
const STEP_EVIDENCE = 8;

/** `between`: so many more that are known to lie between these, one after the other. `fromOne`: the count is known to begin at 0 or 1, so that its beginning can be missing too. */
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
