/** Decides whether the evidence has all attempts of an invocation to reach the peer. */
import { after } from "../../base/clocks.ts";
import { outcomeOf } from "../attribution/invocation-outcome.ts";
import { namelessServed } from "../attribution/server-shows.ts";
import { isUnlogged } from "../attribution/unlogged-invocation.ts";
import type { Attempt, ObservedInvocation, ObservedPeerConnection } from "../timeline/environment.ts";
import { hasLaterLine } from "./assess-without-attempt.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

/**
 * Whether no later, accepted attempt of the invocation can be missing. A peer log that misses no connection shows this. Without such a log,
 * two conditions must hold. No line of the process is missing, as far as its sequence numbers show. And the invocation failed, or the
 * process wrote a later line. If its lines have no sequence numbers, the second condition is that the invocation failed, or that its own
 * `invoke` line exists although the function writes such lines.
 */
export function attemptsAreComplete(
  history: FunctionHistory,
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
  if (outcomeOf(history, invocation).outcome === "failed") return true;
  return boot.sequences === null ? !isUnlogged(history, invocation) : hasLaterLine(boot, invocation);
}

/** Call this only if `attemptsAreComplete` returned false. */
export function whyIncomplete({ boot }: ObservedInvocation): "later-connection-possible" | "lines-missing" {
  return boot.lines === 0 ? "later-connection-possible" : "lines-missing";
}

/**
 * Whether the peer, soon after it had refused or ended `turnedAway`, accepted a connection of the same process that no invocation is known
 * to have opened. "Soon" is within the length of the invocation, by the peer's clock.
 */
function mayHaveBeenServedSince(invocation: ObservedInvocation, turnedAway: ObservedPeerConnection): boolean {
  const { start, end, boot } = invocation;
  const from = turnedAway.refusedAt ?? turnedAway.endedAt;
  if (start === null || end === null || from === null) return false;
  const to = after(from, end - start);
  return boot.accepted.some(
    ({ ownLine, invocation: one, peer }) =>
      !ownLine &&
      one === null &&
      peer?.acceptedAt != null &&
      from <= peer.acceptedAt &&
      peer.acceptedAt <= to,
  );
}
