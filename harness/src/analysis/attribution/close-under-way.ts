/**
 * Functions about a connection that its handler began to close with `end()` or `quit()` before the handler returned. Only the link shows the
 * function's goodbye: its FIN, or the last message of the protocol. If the goodbye left before the freeze, the server closes the connection
 * without the function. If the handler did not wait, the goodbye can be left in the process, and leaves only when the environment runs again.
 * Pure.
 */
import { firstIndex } from "../../domain/first-index.ts";
import type { CloseUnderWay } from "../../domain/findings/discipline-findings.ts";
import type { Attempt, ObservedBoot, ObservedInvocation } from "../timeline/environment.ts";

/**
 * How long the goodbye of a running process takes until it is seen on the link, also on a busy machine. A frozen process sends nothing. So if a
 * goodbye is seen later than this after the freeze, it left after the freeze. If the close began before the freeze, its goodbye is seen within this
 * time after the process runs again (after the thaw, or after the process opened its next connection).
 */
const SEEN_WITHIN_MS = 250;

/** Returns the time at which the function's goodbye was seen on the link. Null if there was none, or if its time is not known. */
function goodbyeAt({ link }: Attempt): number | null {
  if (link === null) return null;
  const seenAt = link.goodbyeAt ?? link.functionEndedAt;
  return seenAt ?? (link.goodbye === true && link.by === "peer" ? link.closedAt : null);
}

/** Returns the first invocation of the environment that began after `time`. */
function invocationAfter(
  { environment: { invocations } }: Attempt,
  time: number,
): ObservedInvocation | undefined {
  return invocations.at(
    firstIndex(invocations.length, (index) => (invocations.at(index)?.start ?? -Infinity) > time),
  );
}

/** Returns when, according to the link, the process opened its first connection after `end`. Attempts before the given one are not read. */
function openedAfter({ attempts }: ObservedBoot, { time }: Attempt, end: number): number | undefined {
  const from = firstIndex(attempts.length, (index) => (attempts[index]?.time ?? Infinity) >= time);
  for (let index = from; index < attempts.length; index += 1) {
    const openedAt = attempts[index]?.link?.openedAt;
    if (openedAt !== undefined && openedAt > end) return openedAt;
  }
  return undefined;
}

/**
 * Whether the function's goodbye left before the freeze that followed `end`, the time at which the runtime was done. The function's own line
 * about a later close, in the Shutdown phase for example, shows that it did not.
 */
export function saidGoodbyeBeforeFreeze(attempt: Attempt, end: number): boolean {
  if (attempt.disconnect !== null && attempt.disconnect.time > end) return false;
  const leftAt = goodbyeAt(attempt);
  const thawedAt = invocationAfter(attempt, end)?.start ?? Infinity;
  return leftAt !== null && leftAt < thawedAt && leftAt <= end + SEEN_WITHIN_MS;
}

/**
 * For a connection that its handler had begun to close before the freeze: returns how late its goodbye was. Null for any other connection. `end` is
 * the time at which the runtime was done with the invocation that opened the connection.
 */
export function closeUnderWay(attempt: Attempt, end: number): CloseUnderWay | null {
  const { boot, invocation, link } = attempt;
  if (link === null || invocation?.end !== end) return null;
  const leftAt = goodbyeAt(attempt);
  if (leftAt === null) return link.goodbye === true ? { missedByMs: null, afterThawMs: null } : null;
  const next = invocationAfter(attempt, end);
  // If the process ended, its end closed the connection, not the handler.
  if (next?.start == null || leftAt < next.start || next.boot !== boot || next.reset !== null) return null;
  // A connection that is kept on purpose is not closed right at the beginning of the next invocation. If that invocation opened another
  // connection, the process was running again at that time at the latest.
  const reopened = openedAfter(boot, attempt, end);
  const ranAt = reopened !== undefined && reopened <= (next.end ?? Infinity) ? reopened : next.start;
  return leftAt > ranAt + SEEN_WITHIN_MS
    ? null
    : { missedByMs: leftAt - end, afterThawMs: leftAt - next.start };
}
