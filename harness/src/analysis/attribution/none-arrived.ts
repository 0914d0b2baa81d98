/**
 * Decides whether it is certain that no attempt of an invocation reached the peer. If there is a peer's log, no connection may be missing
 * in it. If this holds and there is a link log, the link log alone decides. Without a link log, the peer's log must continue after the
 * invocation, and every connection near the invocation must belong to a known attempt.
 */
import { itemsWithin } from "../../domain/first-index.ts";
import type { ObservedInvocation } from "../timeline/environment.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";

export const ARRIVAL_NEEDS = ["around-trouble"] as const;
type ArrivalView = EvidenceView<typeof ARRIVAL_NEEDS>;

export function noneArrived(history: ArrivalView, invocation: ObservedInvocation): boolean {
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
  const span = { from: start - tolerance, to: end + tolerance };
  const arrivals = itemsWithin(peer.connections, ({ firstAt }) => firstAt, span);
  return peer.lastTime > span.to && !arrivals.some(({ attempt }) => attempt === null);
}
