/**
 * Decides whether the peer had a connection open at the time of an attempt that found nothing listening. Then the peer was not simply down:
 * it may have had no place, or it was about to stop (docs/checks.md#a-peer-that-stops-listening).
 */
import type { DurationMs } from "../../base/time.ts";
import { ALWAYS, NEVER, after, earlierBy, onAxis, spanOnAxis, type Span } from "../../base/clocks.ts";
import type { Attempt, ObservedInvocation, ObservedPeerConnection } from "../timeline/environment.ts";
import { openSpan, triedDuring } from "../timeline/open-link.ts";
import { OpenSpans } from "../timeline/open-spans.ts";
import { succeeded } from "./invocation-outcome.ts";
import { keptConnection } from "./kept-connection.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export function servedMeanwhile(history: FunctionHistory, failed: Attempt): boolean {
  const { peer, orderToleranceMs: tolerance } = history;
  const at = failed.link === null ? { from: failed.time, to: failed.time } : triedDuring(failed.link);
  // The peer was restarted, so it ended all connections.
  if (
    peer?.down
      .map(spanOnAxis)
      .some(({ from, to }) => from - tolerance <= at.to && to + tolerance >= at.from) === true
  )
    return false;
  return openSpans(history).cover(at);
}

const known = new WeakMap<FunctionHistory, OpenSpans>();

function openSpans(history: FunctionHistory): OpenSpans {
  let spans = known.get(history);
  if (spans === undefined) {
    const { links, peer, orderToleranceMs } = history;
    spans = new OpenSpans([
      ...[...(links?.values() ?? [])].flat().map(openSpan),
      ...(peer?.accepted ?? []).map((one) => openByPeer(one, orderToleranceMs)),
      ...history.ownHolds.flatMap(closedByFunction),
      ...history.invocations.map((one) => usedBy(history, one)).flat(),
    ]);
    known.set(history, spans);
  }
  return spans;
}

/**
 * Returns the span in which the connection was certainly open: up to the last line that shows it. The peer's clock may differ, so the span
 * is shorter by the tolerance at both ends.
 */
function openByPeer(
  { acceptedAt, endedAt, ending, requests }: ObservedPeerConnection,
  tolerance: DurationMs,
): Span {
  const shown = ending === "ready" || ending === "displaced" ? null : endedAt;
  return {
    from: after(onAxis(acceptedAt) ?? NEVER, tolerance),
    to: earlierBy(onAxis(shown ?? requests.at(-1)) ?? ALWAYS, tolerance),
  };
}

function closedByFunction({ time, disconnect, link, peer }: Attempt): readonly Span[] {
  const own = link === null && peer === null && disconnect?.outcome === null;
  return own ? [{ from: time, to: disconnect.time }] : [];
}

/** An invocation that succeeded without an attempt of its own used the connection that its process had kept. */
function usedBy(history: FunctionHistory, invocation: ObservedInvocation): readonly Span[] {
  const { start, attempts, perhaps } = invocation;
  if (start === null || attempts.length > 0 || perhaps.length > 0) return [];
  const kept = keptConnection(invocation);
  if (kept === null || !kept.ownLine || kept.link !== null || kept.peer !== null) return [];
  return succeeded(history, invocation) ? [{ from: kept.time, to: start }] : [];
}
