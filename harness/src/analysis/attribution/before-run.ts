/**
 * What is from before the run: invocations that are none of its own, and environments that ended before it. The log of a function
 * that is used again and again has the lines of earlier runs and callers: their environments can hold the peer in this run, but what
 * happened then is no result of this run.
 */
import { onAxis } from "../../base/clocks.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";
import type { ObservedEnvironment, ObservedInvocation } from "../timeline/environment.ts";
import { lifeOf } from "./environment-lives.ts";

/** False without a run. The clocks of driver and function may differ by the tolerance. */
export function isBeforeRun(
  { driver, driverByRequest, orderToleranceMs }: FunctionHistory,
  { start, end, requestId }: ObservedInvocation,
): boolean {
  const began = onAxis(driver?.startedAt);
  const at = start ?? end;
  return began !== null && at !== null && at < began - orderToleranceMs && !driverByRequest.has(requestId);
}

/**
 * The environments whose life reaches into the run. Inits and flaws of the others are no result of this run. One that was initialised
 * shortly before the run and never invoked can be the very hazard of this run.
 */
export function environmentsOfRun(history: FunctionHistory): readonly ObservedEnvironment[] {
  const began = onAxis(history.driver?.startedAt);
  if (began === null) return history.environments;
  return history.environments.filter(
    (environment) => lifeOf(history, environment).to >= began - history.orderToleranceMs,
  );
}
