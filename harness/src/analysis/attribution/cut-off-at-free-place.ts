/**
 * Whether an attempt was ended by its own process while the peer's place was free from its beginning to its end: then nobody turned it away
 * (docs/checks.md#harm). Only a whole log of the peer or of the links shows that. A log with a hole, or one that ends before the attempt, shows nothing.
 */
import type { Span } from "../timeline/clock-shifts.ts";
import type { Attempt, ObservedInvocation, LinkConnection } from "../timeline/environment.ts";
import type { PeerTimeline } from "../timeline/peer-timeline.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";

export const PLACE_NEEDS = ["around-trouble", "source-counts"] as const;
type PlaceView = EvidenceView<typeof PLACE_NEEDS>;

export function cutOffAtFreePlace(
  history: PlaceView,
  attempt: Attempt,
  invocation: ObservedInvocation,
): boolean {
  if (!cutOff(invocation, attempt)) return false;
  const span = spanOf(attempt, invocation);
  return span !== null && (freeByPeer(history, attempt, span) || freeByLinks(history, attempt, span));
}

/** Its process ended before the peer had answered, by a crash or with its environment, and wrote no line about the attempt. A time-out is a wait in vain. */
function cutOff({ reset, endedBy }: ObservedInvocation, { outcome, ownLine }: Attempt): boolean {
  const ended = (reset !== null && reset !== "timeout") || endedBy === "driver";
  return ended && !ownLine && outcome === "timed-out";
}

/** At the latest it ends with its process; the peer may notice that later. */
function spanOf({ link }: Attempt, { start, end }: ObservedInvocation): Span | null {
  const from = link?.openedAt ?? start;
  if (from === null || end === null) return null;
  return { from, to: Math.min(end, link?.closedAt ?? Infinity, link?.silencedAt ?? Infinity) };
}

function freeByPeer(history: PlaceView, attempt: Attempt, { from, to }: Span): boolean {
  const { peer, orderToleranceMs } = history;
  if (peer === null || !Number.isFinite(orderToleranceMs)) return false;
  const span = { from: from - orderToleranceMs, to: to + orderToleranceMs };
  if (!peer.numbered || peer.missingLines > 0 || !covers(peer, span)) return false;
  if (peer.readyAt.some((ready) => ready >= span.from && ready <= span.to)) return false;
  // One at a time: no earlier one was open for longer than the last one that was accepted.
  const last = peer.accepted.findLast(
    (one) => one !== attempt.peer && (one.acceptedAt ?? Infinity) < span.to,
  );
  return last === undefined || (last.endedAt !== null && last.endedAt <= span.from);
}

function covers({ firstTime, lastTime }: PeerTimeline, span: Span): boolean {
  return firstTime !== null && lastTime !== null && firstTime <= span.from && lastTime >= span.to;
}

/** Of one machine, and so in order. They show the function's own connections only; who else may have held the peer is not its own doing. */
function freeByLinks({ links, linksWhole }: PlaceView, { link }: Attempt, span: Span): boolean {
  if (links === null || !linksWhole || link === null) return false;
  for (const list of links.values())
    if (list.some((one) => one !== link && isOpenWithin(one, span))) return false;
  return true;
}

function isOpenWithin({ openedAt, failedAt, closedAt }: LinkConnection, { from, to }: Span): boolean {
  return failedAt === null && openedAt < to && (closedAt ?? Infinity) > from;
}
