/**
 * Functions about an invocation that ended because its process ended. Pure.
 *
 * `endedUnconnected` decides whether the process ended, by a crash or with its environment, while it certainly had no connection and had tried to
 * open none. Then the reason for the failure is the end of the process, not a holder of the peer. Only a link log without gaps shows this, because a
 * function can reach its peer only through its link. A process that ended by a time-out may have waited for something, so it is left out.
 */
import type { ObservedInvocation } from "../timeline/environment.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";

export const UNCONNECTED_NEEDS = ["around-trouble", "source-counts"] as const;
type UnconnectedView = EvidenceView<typeof UNCONNECTED_NEEDS>;

/**
 * Whether the plan of the local engine crashed the process during the invocation. Then the invocation failed because of the crash, whatever the peer
 * would have answered.
 */
export function crashedByPlan({ environment, start, end, reset }: ObservedInvocation): boolean {
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
