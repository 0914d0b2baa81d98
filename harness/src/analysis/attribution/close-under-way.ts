/**
 * Decides whether a connection that was open at a freeze was already being closed: the handler had called `end()` or `quit()` and returned without
 * waiting. Only the link shows this, in two ways. The function's goodbye left before the freeze, and the server closed the connection after the
 * freeze began. Or the goodbye left as soon as the environment ran again. Pure.
 */
import { firstIndex } from "../../domain/first-index.ts";
import type { CloseUnderWay } from "../../domain/findings/discipline-findings.ts";
import type { Attempt } from "../timeline/environment.ts";

/**
 * If a handler began to close the connection before the freeze, its goodbye leaves within this time after the process runs again (after the thaw,
 * or after the process opened its next connection). If the goodbye leaves later, the close began after the freeze.
 */
const AFTER_THAW_MS = 50;

/**
 * Returns how much too late the close was, or null if the connection was not being closed. `end` is the time at which the runtime was done with the
 * invocation that opened the connection.
 */
export function closeUnderWay(attempt: Attempt, end: number): CloseUnderWay | null {
  const { environment, boot, invocation, link } = attempt;
  if (link === null || invocation?.end !== end) return null;
  const { closedAt } = link;
  const missedByMs = closedAt === null ? null : closedAt - end;
  const saidGoodbye = link.goodbye === true;
  const leftAt = link.functionEndedAt ?? (saidGoodbye && link.by === "peer" ? closedAt : null);
  if (leftAt === null) return saidGoodbye ? { missedByMs: null, afterThawMs: null } : null;
  const { invocations } = environment;
  const after = firstIndex(invocations.length, (index) => (invocations.at(index)?.start ?? -Infinity) > end);
  const next = invocations.at(after);
  const thawedAt = next?.start ?? Infinity;
  if (leftAt < thawedAt) return { missedByMs, afterThawMs: null };
  // If the process ended, its end closed the connection, not the handler.
  if (next?.boot !== boot || next.reset !== null) return null;
  // A connection that is kept on purpose is not closed right at the beginning of the next invocation. If that invocation opened another
  // connection, the process was running again at that time at the latest.
  const reopened = boot.attempts.find((other) => (other.link?.openedAt ?? 0) > end)?.link?.openedAt;
  const ranAt = reopened !== undefined && reopened <= (next.end ?? Infinity) ? reopened : thawedAt;
  return leftAt > ranAt + AFTER_THAW_MS ? null : { missedByMs: leftAt - end, afterThawMs: leftAt - thawedAt };
}
