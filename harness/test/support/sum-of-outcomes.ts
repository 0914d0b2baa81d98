/** Returns the number of a function's invocations, added up over all outcomes. It must be the number of planned invocations. */
import type { FunctionResult } from "../../src/result/function-result.ts";

export function sumOfOutcomes(invocations: FunctionResult["invocations"]): number {
  const { succeeded, functionErrors, throttled, invocationErrors, unknown, skipped } = invocations;
  return succeeded + functionErrors + throttled + invocationErrors + unknown + skipped;
}
