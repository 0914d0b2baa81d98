/**
 * Returns the time at which the peer ended the connection that a failed invocation needed (docs/checks.md#named-causes). Null if no source shows
 * this. A connection counts as ended when the peer's FIN came, even if the function did not close its half.
 */
import { keptConnection } from "../attribution/kept-connection.ts";
import { lastStartedIndex } from "../timeline/attach-attempts.ts";
import { endedByFunction } from "../timeline/ended-by-function.ts";
import type { Attempt, ObservedInvocation } from "../timeline/environment.ts";
import { sharedAttempt } from "./assess-invocation.ts";
import type { AssessedInvocation } from "./assessed-invocation.ts";

export function peerClosedAt({ assessment, invocation }: AssessedInvocation): number | null {
  if (invocation?.start == null) return null;
  if (assessment?.judged === "not-harmed" && assessment.why === "peer-closed")
    return endOf(invocation.attempts.at(-1) ?? sharedAttempt(invocation));
  const during = endTimeDuring(invocation, invocation.start);
  if (during !== null) return during;
  return assessment?.judged === "unknown" ? hangUpTime(invocation) : null;
}

/**
 * Returns the time at which the peer ended a connection that the invocation needed: one of its own connections while the invocation ran, or
 * the kept connection after the previous invocation. Null if the peer ended neither.
 */
function endTimeDuring(invocation: ObservedInvocation, start: number): number | null {
  const kept = keptConnection(invocation);
  const accepted = invocation.attempts.filter(({ outcome }) => outcome === "accepted");
  const to = invocation.end ?? Infinity;
  for (const attempt of kept === null ? accepted : [...accepted, kept]) {
    const at = peerEndTime(attempt);
    if (at !== null && at >= start && at <= to) return at;
  }
  // An invocation that tried to get another connection did not need the kept one.
  if (kept?.link == null || invocation.attempts.length > 0) return null;
  const at = peerEndTime(kept);
  return at !== null && at < start && at >= idleSince(invocation, start) ? at : null;
}

/** Returns the end of an attempt that only the link saw, if TCP accepted the connection and the peer ended it without an answer. Null otherwise. */
function hangUpTime(invocation: ObservedInvocation): number | null {
  const last = invocation.attempts.at(-1) ?? sharedAttempt(invocation);
  return last?.clock === "link" && last.outcome === "refused" && last.link?.answered === false
    ? peerEndTime(last)
    : null;
}

/** Returns null if the function itself ended the connection: by its FIN, or by its goodbye, which the server answers by closing. */
function peerEndTime({ link, peer, disconnect }: Attempt): number | null {
  if (link !== null) return link.by === "peer" && !endedByFunction(link) ? link.closedAt : null;
  if (peer?.ending === "idle-timeout") return peer.endedAt;
  return disconnect?.outcome === "reset" ? disconnect.time : null;
}

function endOf(attempt: Attempt | null): number | null {
  return attempt === null ? null : (attempt.link?.closedAt ?? attempt.time);
}

/** Returns the time at which the previous invocation of the process ended, or at which the process began. */
function idleSince({ environment, boot }: ObservedInvocation, start: number): number {
  const previous = environment.keptInvocations.at(lastStartedIndex(environment.keptInvocations, start) - 1);
  return previous?.boot === boot ? (previous.end ?? start) : boot.from;
}
