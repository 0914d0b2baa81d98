/** Finds invocations that failed because their process ended, and not because of a holder of the peer. */
import type { ObservedInvocation } from "../timeline/environment.ts";
import type { EvidenceView, OwnerIn } from "../correlate/evidence-view.ts";

export const UNCONNECTED_NEEDS = ["around-trouble", "source-counts", "invocation-counts"] as const;
type UnconnectedView = EvidenceView<typeof UNCONNECTED_NEEDS>;
type UnconnectedOwner = OwnerIn<typeof UNCONNECTED_NEEDS>;

/** Whether the plan of the local engine crashed the process during the invocation. */
export function crashedByPlan({
  environment,
  start,
  end,
  reset,
}: ObservedInvocation<UnconnectedOwner>): boolean {
  if (reset !== "crash" || start === null || end === null) return false;
  return environment.crashes.some(({ from, to }) => from <= end && to >= start);
}

export function endedUnconnected(
  { links, linksWhole }: UnconnectedView,
  { environment, start, end, reset, endedBy }: ObservedInvocation,
): boolean {
  const ended = (reset !== null && reset !== "timeout") || endedBy === "driver";
  if (!ended || links === null || !linksWhole || start === null || end === null) return false;
  const own = links.get(environment.id) ?? [];
  return !own.some(({ openedAt, closedAt }) => openedAt <= end && (closedAt ?? Infinity) >= start);
}
