/**
 * Decides whether the process of an invocation ended, by a crash or with its environment, while it certainly had no connection and had tried to open
 * none. Then the end of the process is the reason for the failure, and no holder of the peer is. Only a link log without gaps shows this, because a
 * function can reach its peer only through its link. A process that ended by a time-out may have waited for something, so it is left out.
 */
import type { ObservedInvocation } from "../timeline/environment.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";

export const UNCONNECTED_NEEDS = ["around-trouble", "source-counts"] as const;
type UnconnectedView = EvidenceView<typeof UNCONNECTED_NEEDS>;

export function endedUnconnected(
  { links, linksWhole }: UnconnectedView,
  { environment, start, end, reset, endedBy }: ObservedInvocation,
): boolean {
  const ended = (reset !== null && reset !== "timeout") || endedBy === "driver";
  if (!ended || links === null || !linksWhole || start === null || end === null) return false;
  const own = links.get(environment.id) ?? [];
  return !own.some(({ openedAt, closedAt }) => openedAt <= end && (closedAt ?? Infinity) >= start);
}
