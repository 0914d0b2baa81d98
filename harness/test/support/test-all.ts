/**
 * Marks what only `make test-all` runs: stories that take 12 seconds and more, and every case of the property tests. `make test` leaves
 * these stories out and runs a fifth of the cases, so that it takes only minutes.
 */
import { env } from "node:process";

const ALL: boolean = env["LONGRUN_TEST_ALL"] === "1";

/** `it` for a story that takes long. It runs only in `make test-all`. */
export const itInTestAll: typeof it = ALL ? it : leaveOut();

/** `describe` for a suite that takes long. */
export const describeInTestAll: typeof describe = ALL ? describe : leaveOut();

/** How many cases a property test runs, from the number in a complete run. */
export function propertyRuns(whole: number): number {
  return ALL ? whole : Math.ceil(whole / 5);
}

function leaveOut<T>(): T {
  return ((): void => undefined) as T;
}
