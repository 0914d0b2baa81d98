/** The sum of the outcomes of a function's invocations, which must be the number of planned ones. */
import type { FunctionResult } from "../../src/domain/run-result.ts";

export function sumOfOutcomes(invocations: FunctionResult["invocations"]): number {
  const { succeeded, functionErrors, throttled, invocationErrors, unknown, skipped } = invocations;
  return succeeded + functionErrors + throttled + invocationErrors + unknown + skipped;
}
