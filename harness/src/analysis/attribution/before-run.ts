/**
 * Whether an invocation began before the run and is none of its own. The log of a function that is used again and again has the lines of
 * earlier runs and callers: their environments can hold the peer in this run, but what failed then is no result of this run.
 */
import { onAxis } from "../../base/clocks.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";
import type { ObservedInvocation } from "../timeline/environment.ts";

/** False without a run. The clocks of driver and function may differ by the tolerance. */
export function isBeforeRun(
  { driver, driverByRequest, orderToleranceMs }: FunctionHistory,
  { start, end, requestId }: ObservedInvocation,
): boolean {
  const began = onAxis(driver?.startedAt);
  const at = start ?? end;
  return began !== null && at !== null && at < began - orderToleranceMs && !driverByRequest.has(requestId);
}
