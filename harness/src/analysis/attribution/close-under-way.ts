/**
 * Whether a connection that was open when its environment was frozen was being closed: the handler had called `end()` or `quit()` and returned
 * without waiting. Only the link shows it. Either the function's goodbye had left before the freeze, and the server's close came after
 * it, or the goodbye left as soon as the environment ran again. Pure.
 */
import { firstIndex } from "../../domain/first-index.ts";
import type { CloseUnderWay } from "../../domain/findings/discipline-findings.ts";
import type { Attempt } from "../timeline/environment.ts";

/**
 * What a frozen process had still to send leaves in this time after the thaw, or after the process opened its next connection, which shows that
 * it has begun to run. A function that sends its goodbye later has begun to close the connection later.
 */
const AFTER_THAW_MS = 50;

/** `end` is when the runtime was done with the invocation that opened the connection. */
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
  // The end of a process closes its connections too.
  if (next?.boot !== boot || next.reset !== null) return null;
  // A connection that is kept on purpose is not closed at the beginning of the very next invocation.
  const reopened = boot.attempts.find((other) => (other.link?.openedAt ?? 0) > end)?.link?.openedAt;
  const ranAt = reopened !== undefined && reopened <= (next.end ?? Infinity) ? reopened : thawedAt;
  return leftAt > ranAt + AFTER_THAW_MS ? null : { missedByMs: leftAt - end, afterThawMs: leftAt - thawedAt };
}
