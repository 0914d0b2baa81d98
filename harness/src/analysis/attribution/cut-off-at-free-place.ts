/**
 * Decides whether an attempt ended only because its process ended, while the peer had a free place the whole time. Such an attempt was not
 * turned away (docs/checks.md#harm). Only a complete peer log or link log proves this.
 */
import { earlier, onAxis, widened, type Span } from "../../base/clocks.ts";
import type { Attempt, ObservedInvocation, LinkConnection } from "../timeline/environment.ts";
import type { PeerTimeline } from "../timeline/peer-timeline.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export function cutOffAtFreePlace(
  history: FunctionHistory,
  attempt: Attempt,
  invocation: ObservedInvocation,
): boolean {
  if (!cutOff(invocation, attempt)) return false;
  const span = spanOf(attempt, invocation);
  return span !== null && (freeByPeer(history, attempt, span) || freeByLinks(history, attempt, span));
}

/** A process that ended by a time-out had waited for the peer in vain, so its attempt was not cut off. */
function cutOff({ reset, endedBy }: ObservedInvocation, { outcome, ownLine }: Attempt): boolean {
  const ended = (reset !== null && reset !== "timeout") || endedBy === "driver";
  return ended && !ownLine && outcome === "timed-out";
}

/** An attempt ends at the latest with its process, even if the peer notices this later. */
function spanOf({ link }: Attempt, { start, end }: ObservedInvocation): Span | null {
  const from = link?.openedAt ?? start;
  if (from === null || end === null) return null;
  return { from, to: earlier(end, earlier(link?.closedAt ?? end, link?.silencedAt ?? end)) };
}

function freeByPeer(history: FunctionHistory, attempt: Attempt, within: Span): boolean {
  const { peer, orderToleranceMs } = history;
  if (peer === null || !Number.isFinite(orderToleranceMs)) return false;
  const span = widened(within, orderToleranceMs);
  if (!peer.numbered || peer.missingLines > 0 || !covers(peer, span)) return false;
  if (peer.readyAt.some((ready) => onAxis(ready) >= span.from && onAxis(ready) <= span.to)) return false;
  if (history.capacity.places !== 1) return fewerThan(history.capacity.places ?? 1, { peer, attempt, span });
  // The peer serves one connection at a time, so only the last accepted connection can still be open.
  const last = peer.accepted.findLast(
    (one) => one !== attempt.peer && (onAxis(one.acceptedAt) ?? Infinity) < span.to,
  );
  return last === undefined || (last.endedAt !== null && onAxis(last.endedAt) <= span.from);
}

/** Counts every connection that was open at some time of the span. */
function fewerThan(
  places: number,
  { peer, attempt, span }: { readonly peer: PeerTimeline; readonly attempt: Attempt; readonly span: Span },
): boolean {
  const open = peer.accepted.filter(
    (one) =>
      one !== attempt.peer &&
      (onAxis(one.acceptedAt) ?? Infinity) < span.to &&
      (one.endedAt === null || onAxis(one.endedAt) > span.from),
  );
  return open.length < places;
}

function covers({ firstTime, lastTime }: PeerTimeline, span: Span): boolean {
  return (onAxis(firstTime) ?? Infinity) <= span.from && (onAxis(lastTime) ?? -Infinity) >= span.to;
}

/**
 * All links run on one machine, so their times need no tolerance. The links do not show the connections of other clients. This does not
 * matter here, because only a connection of the function itself can cause harm.
 */
function freeByLinks({ links, linksWhole }: FunctionHistory, { link }: Attempt, span: Span): boolean {
  if (links === null || !linksWhole || link === null) return false;
  for (const list of links.values())
    if (list.some((one) => one !== link && isOpenWithin(one, span))) return false;
  return true;
}

function isOpenWithin({ openedAt, failedAt, closedAt }: LinkConnection, { from, to }: Span): boolean {
  return failedAt === null && openedAt < to && (closedAt ?? Infinity) > from;
}
