/**
 * Whether it is known that no attempt of an invocation arrived anywhere. Silence alone proves nothing: it counts where the link
 * saw none, or where the peer's log numbers its connections without a hole and goes on after the invocation.
 */
import type { Invocation, PeerConnection } from "../timeline/environment.ts";
import type { PeerTimeline } from "../timeline/peer-timeline.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";

export const ARRIVAL_NEEDS = ["around-trouble"] as const;
type ArrivalView = EvidenceView<typeof ARRIVAL_NEEDS>;

export function noneArrived(history: ArrivalView, invocation: Invocation): boolean {
  const { peer, links } = history;
  const { start, end } = invocation;
  if (start === null || end === null) return false;
  if (peer !== null && (!peer.numbered || peer.missingLines > 0)) return false;
  if (links !== null)
    return !(links.get(invocation.environment.id) ?? []).some(
      (link) => link.openedAt >= start && link.openedAt <= end,
    );
  if (peer === null || peer.lastTime === null) return false;
  const tolerance = history.settings.clockToleranceMs;
  return (
    peer.lastTime > end + tolerance &&
    !arrivals(peer, start - tolerance, end + tolerance).some((one) => one.attempt === null)
  );
}

/** Connections whose first line lies in the span. */
function arrivals(peer: PeerTimeline, from: number, to: number): readonly PeerConnection[] {
  let low = 0;
  let high = peer.connections.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((peer.connections[middle]?.firstAt ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  const found: PeerConnection[] = [];
  for (let index = low; index < peer.connections.length; index += 1) {
    const connection = peer.connections[index];
    if (connection === undefined || connection.firstAt > to) break;
    found.push(connection);
  }
  return found;
}
