/**
 * Marks what only `make test-all` runs: stories that take 12 seconds and more, and all cases of the property tests. `make test` leaves these
 * stories out and runs a fifth of the cases, so that it takes only minutes.
 */
import { env } from "node:process";

const ALL: boolean = env["LONGRUN_TEST_ALL"] === "1";

/** Like `it`, for a story that takes long and runs only in `make test-all`. */
export const itInTestAll: typeof it = ALL ? it : leaveOut();

/** Like `describe`, for a suite that takes long and runs only in `make test-all`. */
export const describeInTestAll: typeof describe = ALL ? describe : leaveOut();

/** Returns how many cases a property test runs now. `runs` is the number in `make test-all`. */
export function propertyRuns(runs: number): number {
  return ALL ? runs : Math.ceil(runs / 5);
}

function leaveOut<T>(): T {
  return ((): void => undefined) as T;
}
