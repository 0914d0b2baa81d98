/**
 * Decides whether it is certain that no attempt of an invocation reached the peer. If there is a peer's log, no connection may be missing
 * in it. If this holds and there is a link log, the link log alone decides. Without a link log, the peer's log must continue after the
 * invocation, and every connection near the invocation must belong to a known attempt. If the invocation timed out, the log must also show
 * that the client did not wait in a queue that the peer does not log.
 */
import type { EpochMs } from "../../base/time.ts";
import { onAxis } from "../../base/clocks.ts";
import { itemsWithin } from "../../base/first-index.ts";
import type { ObservedInvocation, ObservedPeerConnection } from "../timeline/environment.ts";
import type { PeerTimeline } from "../timeline/peer-timeline.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export function noneArrived(history: FunctionHistory, invocation: ObservedInvocation): boolean {
  const { peer, links, driver } = history;
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
  const arrivals = itemsWithin(peer.connections, ({ firstAt }) => onAxis(firstAt), span);
  if (onAxis(peer.lastTime) <= span.to || arrivals.some(({ attempt }) => attempt === null)) return false;
  // Our own peer logs every client, also one that waits.
  if (invocation.reset !== "timeout" || driver?.peerReady === true) return true;
  return logsUnserved(peer) || wasFreeAt(history, peer, { end, invocation });
}

/**
 * Whether the peer's log has lines about clients that were not served. The operating system of a device can accept a client that the device's
 * program has not seen yet, so many logs have no line about a client that waits.
 */
function logsUnserved({ ofServer, connections }: PeerTimeline): boolean {
  return ofServer || connections.some(({ refusedAt, queuedAt }) => refusedAt !== null || queuedAt !== null);
}

/** Whether a place was free when the invocation timed out. A client that had waited until then would have been served. */
function wasFreeAt(
  { orderToleranceMs, capacity }: FunctionHistory,
  { accepted }: PeerTimeline,
  { end, invocation }: { readonly end: EpochMs; readonly invocation: ObservedInvocation },
): boolean {
  // The next process of the environment connects only after the time-out.
  const isLater = ({ attempt }: ObservedPeerConnection): boolean =>
    attempt !== null &&
    attempt.environment.id === invocation.environment.id &&
    attempt.boot.number > invocation.boot.number;
  const open = accepted.filter(
    (one) =>
      (onAxis(one.acceptedAt) ?? Infinity) < end + orderToleranceMs &&
      (onAxis(one.endedAt) ?? Infinity) > end - orderToleranceMs &&
      !isLater(one),
  );
  return open.length < (capacity.places ?? 1);
}
