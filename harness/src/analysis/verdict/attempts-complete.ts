/** Decides whether the evidence has all attempts of an invocation to reach the peer. */
import { outcomeOf, type OUTCOME_NEEDS } from "../attribution/invocation-outcome.ts";
import { namelessServed } from "../attribution/server-shows.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";
import type { Attempt, ObservedInvocation, ObservedPeerConnection } from "../timeline/environment.ts";
import { hasLaterLine } from "./assess-without-attempt.ts";

type CompleteView = EvidenceView<typeof OUTCOME_NEEDS>;

/**
 * Whether the evidence has all attempts of the invocation, so that no later, accepted attempt is missing. This is so if the peer's log has this
 * attempt and misses no connection. It is also so if no line of the process is known to be missing, and one of these is true: its lines have no
 * numbers, it wrote later lines, or the invocation failed.
 */
export function attemptsAreComplete(
  history: CompleteView,
  invocation: ObservedInvocation,
  last: Attempt,
): boolean {
  const { boot } = invocation;
  if (last.peer !== null && history.peer !== null) {
    if (mayHaveBeenServedSince(invocation, last.peer)) return false;
    if (namelessServed(history, invocation)) return false;
    if (history.peer.numbered && history.peer.missingLines === 0) return true;
    if (boot.lines === 0) return false;
  }
  if (boot.missingLines) return false;
  return (
    boot.sequences === null ||
    hasLaterLine(boot, invocation) ||
    outcomeOf(history, invocation).outcome === "failed"
  );
}

/** Returns why attempts of the invocation may be missing. To be called only if `attemptsAreComplete` returned false. */
export function whyIncomplete({ boot }: ObservedInvocation): "later-connection-possible" | "lines-missing" {
  return boot.lines === 0 ? "later-connection-possible" : "lines-missing";
}

/**
 * Whether the peer accepted a connection of the same process soon after this attempt, and it is unknown which invocation opened it. Both times are
 * by the peer's clock.
 */
function mayHaveBeenServedSince(invocation: ObservedInvocation, turnedAway: ObservedPeerConnection): boolean {
  const { start, end, boot } = invocation;
  const from = turnedAway.refusedAt ?? turnedAway.endedAt;
  if (start === null || end === null || from === null) return false;
  const to = from + end - start;
  return boot.accepted.some(
    ({ ownLine, invocation: one, peer }) =>
      !ownLine &&
      one === null &&
      peer?.acceptedAt != null &&
      from <= peer.acceptedAt &&
      peer.acceptedAt <= to,
  );
}
