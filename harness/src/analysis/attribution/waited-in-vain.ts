/**
 * An invocation waited in vain if its connection waited in the peer's queue until the invocation had ended, and was served afterwards.
 * Finds what such an invocation waited for.
 */

import { onAxis } from "../../base/clocks.ts";
import type { Attempt, ObservedInvocation } from "../timeline/environment.ts";
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
