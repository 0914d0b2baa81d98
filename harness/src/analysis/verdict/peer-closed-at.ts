/**
 * Finds when the peer ended the connection that a failed invocation needed (docs/checks.md#named-causes). The peer's FIN ends a connection,
 * even if the function did not close its half.
 */
import type { EpochMs } from "../../base/time.ts";
import { onAxis } from "../../base/clocks.ts";
import { keptConnection } from "../attribution/kept-connection.ts";
import { sharedAttempt } from "../attribution/shared-attempt.ts";
import { namelessRefused } from "../attribution/server-shows.ts";
import { lastStartedIndex } from "../timeline/attach-attempts.ts";
import { endedByFunction } from "../timeline/ended-by-function.ts";
import type { Attempt, ObservedInvocation } from "../timeline/environment.ts";
import type { AssessedInvocation } from "./assessed-invocation.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

/** Without a link, a client without a name that the server refused may have been this invocation. Then the refusal may be the cause. */
export function wasClosedByPeer(history: FunctionHistory, judged: AssessedInvocation): boolean {
  const at = peerClosedAt(judged);
  const { start = null, end = null } = judged.invocation ?? {};
  if (at === null || start === null) return false;
  return (
    at >= start ||
    history.links !== null ||
    namelessRefused(history, { from: start, to: end ?? start }).length === 0
  );
}

export function peerClosedAt({ assessment, invocation }: AssessedInvocation): EpochMs | null {
  if (invocation?.start == null) return null;
  if (assessment?.judged === "not-harmed" && assessment.why === "peer-closed")
    return endOf(invocation.attempts.at(-1) ?? sharedAttempt(invocation));
  const during = endTimeDuring(invocation, invocation.start);
  if (during !== null) return during;
  return assessment?.judged === "unknown" ? hangUpTime(invocation) : null;
}

/**
 * Looks for an end of the invocation's own connections, or of the kept connection, while the invocation ran. Then looks for an end of the
 * kept connection between the previous invocation and this one.
 */
function endTimeDuring(invocation: ObservedInvocation, start: EpochMs): EpochMs | null {
  const kept = keptConnection(invocation);
  const accepted = invocation.attempts.filter(({ outcome }) => outcome === "accepted");
  const to = invocation.end ?? Infinity;
  for (const attempt of kept === null ? accepted : [...accepted, kept]) {
    const at = peerEndTime(attempt);
    if (at !== null && at >= start && at <= to) return at;
  }
  if (kept === null || invocation.attempts.length > 0) return null;
  if (kept.link === null) return idleEndByPeer(invocation, kept, start);
  const at = peerEndTime(kept);
  return at !== null && at < start && at >= idleSince(invocation, start) ? at : null;
}

/** Without a link, only the peer's log shows that the peer ended the kept connection. */
function idleEndByPeer(invocation: ObservedInvocation, kept: Attempt, start: EpochMs): EpochMs | null {
  const endedAt = kept.peer?.ending === "idle-timeout" ? kept.peer.endedAt : null;
  const at = onAxis(endedAt);
  const ahead = invocation.environment.peerAhead;
  if (at === null || endedAt === null || ahead === null || invocation.perhaps.length > 0) return null;
  return at < start && onAxis(endedAt, ahead.from) >= idleSince(invocation, start) ? at : null;
}

/** Returns when the peer ended the last attempt without an answer. Only for an attempt that the link alone saw; else null. */
function hangUpTime(invocation: ObservedInvocation): EpochMs | null {
  const last = invocation.attempts.at(-1) ?? sharedAttempt(invocation);
  return last?.clock === "link" && last.outcome === "refused" && last.link?.answered === false
    ? peerEndTime(last)
    : null;
}

/** Returns when the peer ended the connection. Null if the function itself ended it, by its FIN or its goodbye. */
function peerEndTime({ link, peer, disconnect }: Attempt): EpochMs | null {
  if (link !== null) return link.by === "peer" && !endedByFunction(link) ? link.closedAt : null;
  if (peer?.ending === "idle-timeout") return onAxis(peer.endedAt);
  return disconnect?.outcome === "reset" ? disconnect.time : null;
}

function endOf(attempt: Attempt | null): EpochMs | null {
  return attempt === null ? null : (attempt.link?.closedAt ?? attempt.time);
}

/** Returns when the previous invocation of the process ended. If there was none, returns when the process began. */
function idleSince({ environment, boot }: ObservedInvocation, start: EpochMs): EpochMs {
  const previous = environment.invocations.at(lastStartedIndex(environment.invocations, start) - 1);
  return previous?.boot === boot ? (previous.end ?? start) : boot.from;
}
