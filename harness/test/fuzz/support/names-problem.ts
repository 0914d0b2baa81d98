/** Checks that a text tells a user what is wrong with the input, and does not come from a programming error. */
import { expect } from "chai";
import { LongrunError, isLongrunError } from "../../../src/base/errors.ts";

const OF_A_BUG =
  /\[object |is not a function(?! that)|is not iterable|Cannot (?:read|set|convert)|Maximum call stack|\n\s+at .*:\d+:\d+|InvariantError|Invalid (?:array|string) length/;

/** `given` is the input: a message may repeat a part of it. */
export function namesProblem(text: string, given: string): void {
  expect(text.length, "an error needs words").to.be.above(8);
  const found = OF_A_BUG.exec(text);
  if (found !== null && !given.includes(found[0]))
    throw new Error(`this does not name the problem: ${text.slice(0, 1_000)}`);
}

/** Passes if the action succeeds, or fails with an error for the user. Every other error is rethrown. */
export async function refusedInWords(given: string, action: () => unknown): Promise<void> {
  try {
    await action();
  } catch (error) {
    if (!isLongrunError(error)) throw error;
    namesProblem(error instanceof LongrunError ? error.message : String(error), given);
  }
}
