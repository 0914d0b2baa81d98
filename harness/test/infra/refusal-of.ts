/** The error with which something refuses; a test fails where it does not. */
import { isLongrunError, type LongrunError } from "../../src/domain/errors.ts";

export function refusalOf(act: () => unknown): LongrunError {
  try {
    act();
  } catch (error) {
    if (isLongrunError(error)) return error;
    throw error;
  }
  throw new Error("was not refused");
}
