/** Returns the error with which a call refuses. The test fails if it does not refuse. */
import { isLongrunError, type LongrunError } from "../../src/base/errors.ts";

export function refusalOf(act: () => unknown): LongrunError {
  try {
    act();
  } catch (error) {
    if (isLongrunError(error)) return error;
    throw error;
  }
  throw new Error("was not refused");
}
