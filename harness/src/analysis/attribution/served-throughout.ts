/**
 * Decides whether the peer served one and the same connection from the line in which it turned an attempt away until the attempt's invocation
 * had ended. A later line of that connection shows this. The peer serves one connection at a time, so the invocation got no connection,
 * whatever lines the log has lost.
 */
import type { Attempt, ObservedInvocation } from "../timeline/environment.ts";
import { gaveUp } from "../timeline/peer-timeline.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";

export const SERVED_NEEDS = ["around-trouble"] as const;
type ServedView = EvidenceView<typeof SERVED_NEEDS>;

export function servedThroughout(
  history: ServedView,
  turnedAway: Attempt,
  { end }: ObservedInvocation,
): boolean {
  const { peer } = turnedAway;
  if (peer === null || end === null || !Number.isFinite(history.orderToleranceMs)) return false;
  const line = peer.refusedLine ?? (gaveUp(peer) ? peer.endedLine : null);
  const served = line === null ? null : (history.peer?.servedAfter[line] ?? null);
  if (served === null) return false;
  // A restart or the next served connection shows only that this connection was over by then.
  const endShown = served.ending !== "ready" && served.ending !== "displaced";
  const last = Math.max(
    served.requests.at(-1) ?? -Infinity,
    endShown ? (served.endedAt ?? -Infinity) : -Infinity,
  );
  return last > end + history.orderToleranceMs;
}
