/**
 * Marks the slow tests that only `make test-all` runs. `make test` also runs only a fifth of the cases of each property test, so that it takes
 * only minutes.
 */
import { env } from "node:process";

const ALL: boolean = env["LONGRUN_TEST_ALL"] === "1";

/** Like `it`, for a slow test that runs only in `make test-all`. */
export const itInTestAll: typeof it = ALL ? it : leaveOut();

/** Like `describe`, for a slow suite that runs only in `make test-all`. */
export const describeInTestAll: typeof describe = ALL ? describe : leaveOut();

/** Returns how many cases a property test runs now. `runs` is the number in `make test-all`. */
export function propertyRuns(runs: number): number {
  return ALL ? runs : Math.ceil(runs / 5);
}

function leaveOut<T>(): T {
  return ((): void => undefined) as T;
}
