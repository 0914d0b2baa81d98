/**
 * Marks the slow tests, which `make test-all` runs and `make test` leaves out. Of each property test, `make test` runs a tenth of the
 * cases. So it takes only minutes.
 */
import { env } from "node:process";

/**
 * `1` runs everything. `rest` (scripts/run-tests.ts) runs after `make test`. It leaves out the tests with `itOnce`, and the tenth of the
 * cases of property tests that `make test` ran. `few` (npm run mutants) leaves these tests out too, and runs a fiftieth of the cases.
 */
const WHICH = env["LONGRUN_TEST_ALL"] ?? "";
const ALL: boolean = WHICH === "1" || WHICH === "rest";

/** Like `it`, for a slow test that runs only in `make test-all`. */
export const itInTestAll: typeof it = ALL ? it : leaveOut();

/** Like `describe`, for a slow suite that runs only in `make test-all`. */
export const describeInTestAll: typeof describe = ALL ? describe : leaveOut();

/** Like `it`, for a test that takes some seconds. If `make test` and then `rest` run the same file, this test runs only in `make test`. */
export const itOnce: typeof it = WHICH === "rest" || WHICH === "few" ? leaveOut() : it;

/**
 * Of many similar tests, numbered from 0, every fifth is a test with `itOnce`, so `make test` runs it. The others run only in `make
 * test-all`.
 */
export function itForAFifth(number: number): typeof it {
  return number % 5 === 0 ? itOnce : itInTestAll;
}

/** Returns how many cases a property test runs now. `runs` is the number in `make test-all`. */
export function propertyRuns(runs: number): number {
  return ALL ? runs : casesFor(WHICH, runs).numRuns;
}

/**
 * Returns the settings with which fast-check runs the cases of this test run. With `rest`, fast-check begins after the cases of `make
 * test`, so no case is run twice and none is left out. Do not use it for a property with `fc.pre`: there, fast-check draws more values than
 * it counts as cases.
 */
export function propertyCases(runs: number): Cases {
  return casesFor(WHICH, runs);
}

interface Cases {
  readonly numRuns: number;
  /** The number of values that fast-check passes over. */
  readonly path?: string;
}

export function casesFor(which: string, runs: number): Cases {
  const some = Math.ceil(runs / 10);
  if (which === "rest") return { numRuns: runs - some, path: String(some) };
  if (which === "few") return { numRuns: Math.ceil(runs / 50) };
  return { numRuns: which === "1" ? runs : some };
}

function leaveOut<T>(): T {
  return ((): void => undefined) as T;
}
