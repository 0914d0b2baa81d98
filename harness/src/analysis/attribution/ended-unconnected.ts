/** Finds invocations that failed because their process ended, and not because of a holder of the peer. */
import type { ObservedInvocation } from "../timeline/environment.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

/** Whether the plan of the local engine crashed the process during the invocation. */
export function crashedByPlan({ environment, start, end, reset }: ObservedInvocation): boolean {
  if (reset !== "crash" || start === null || end === null) return false;
  return environment.crashes.some(({ from, to }) => from <= end && to >= start);
}

export function endedUnconnected(
  { links, linksWhole }: FunctionHistory,
  { environment, start, end, reset, endedBy }: ObservedInvocation,
): boolean {
  const ended = (reset !== null && reset !== "timeout") || endedBy === "driver";
  if (!ended || links === null || !linksWhole || start === null || end === null) return false;
  const own = links.get(environment.id) ?? [];
  return !own.some(({ openedAt, closedAt }) => openedAt <= end && (closedAt ?? Infinity) >= start);
}
