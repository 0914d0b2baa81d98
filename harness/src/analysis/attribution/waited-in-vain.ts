/**
 * An invocation waited in vain if its connection waited in the peer's queue until the invocation had ended, and was served afterwards.
 * Finds what such an invocation waited for.
 */

import { onAxis } from "../../base/clocks.ts";
import type { Attempt, LinkConnection, ObservedInvocation } from "../timeline/environment.ts";
import { outcomeOf } from "./invocation-outcome.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

/**
 * `had` is the connection that the invocation had, `second` an attempt after it that was turned away. Null if the connection was served
 * in time. If the invocation did not fail, it may not have needed the connection, so only a second attempt counts.
 */
export function waitedInVain(
  history: FunctionHistory,
  invocation: ObservedInvocation,
  { had, second }: { readonly had: Attempt; readonly second: Attempt | null },
): Attempt | null {
  const { end } = invocation;
  const { clock, link } = had;
  if (end === null || clock !== "link" || link?.queued !== true || (link.answeredAt ?? 0) <= end) return null;
  if (second !== null) return waitedUntilEnd(second, invocation);
  const failed = outcomeOf(history, invocation).outcome === "failed";
  return failed ? { ...had, outcome: "timed-out", time: end } : null;
}

/**
 * Whether the failed invocation may have waited for a place until it ended: the peer first answered its connection later, and in the
 * meantime an older connection of another environment had ended. The link cannot tell a client that waits from one whose request the peer did
 * not answer.
 */
export function mayHaveWaitedInVain(
  history: FunctionHistory,
  invocation: ObservedInvocation,
  { clock, link, environment }: Attempt,
): boolean {
  const { end } = invocation;
  const answeredAt = link?.answeredAt ?? null;
  if (end === null || clock !== "link" || link === null || answeredAt === null || answeredAt <= end)
    return false;
  if (outcomeOf(history, invocation).outcome !== "failed") return false;
  const came = link.connectedAt ?? link.openedAt;
  const hadPlace = ({ connectedAt, closedAt }: LinkConnection): boolean =>
    connectedAt !== null &&
    connectedAt < came &&
    closedAt !== null &&
    closedAt > came &&
    closedAt <= answeredAt;
  return [...(history.links ?? [])].some(([id, links]) => id !== environment.id && links.some(hadPlace));
}

/**
 * If the attempt timed out after the end of the invocation, returns it with the time of that end. The function may have left the connection
 * open, but the invocation did not wait longer than it ran.
 */
export function waitedUntilEnd(attempt: Attempt, { end }: ObservedInvocation): Attempt {
  const { clock, outcome, time } = attempt;
  return clock === "link" && outcome === "timed-out" && end !== null && time > end
    ? { ...attempt, time: end }
    : attempt;
}

/**
 * Returns the connection of an earlier phase on which the failed invocation still waited. Null if there is none. The link shows it, or the
 * peer's log has the connection in its queue until after the end of the invocation.
 */
export function stillWaiting(history: FunctionHistory, invocation: ObservedInvocation): Attempt | null {
  const { boot, start, end } = invocation;
  if (start === null || outcomeOf(history, invocation).outcome !== "failed") return null;
  const isWaiting = ({ clock, outcome, link, time }: Attempt): boolean =>
    clock === "link" && outcome === "timed-out" && link !== null && link.openedAt < start && time > start;
  const waiting = boot.attempts.findLast(isWaiting);
  if (waiting !== undefined || end === null) return waiting ?? null;
  const isQueued = ({ link, peer }: Attempt): boolean =>
    link !== null && link.openedAt < start && peer?.queuedAt != null && (onAxis(peer.acceptedAt) ?? 0) > end;
  const queued = boot.attempts.findLast(isQueued);
  return queued === undefined ? null : { ...queued, outcome: "timed-out", time: end };
}
