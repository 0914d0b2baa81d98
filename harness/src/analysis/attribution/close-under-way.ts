/**
 * Examines connections that a handler began to close with `end()` or `quit()` before it returned. If the function's last message (its FIN
 * or goodbye) left before the freeze, the server closes the connection without a further message from the function. Else the last message
 * leaves only when the environment runs again. Only the link shows this message.
 */
import type { EpochMs } from "../../base/time.ts";
import { firstIndex } from "../../base/first-index.ts";
import type { CloseUnderWay } from "../../result/findings/discipline-findings.ts";
import { closesAtGoodbye } from "../../catalogue/protocols/all-protocols.ts";
import type { Attempt, LinkConnection, ObservedBoot, ObservedInvocation } from "../timeline/environment.ts";

/** The link sees the last message of a running process within this time, also on a busy machine. A frozen process sends nothing. */
const SEEN_WITHIN_MS = 250;

/** Returns the protocol if the function said goodbye but the server waits for the function's FIN. Else null. */
function awaitedFin({ goodbye, protocol }: LinkConnection): string | null {
  return goodbye === true && protocol !== null && !closesAtGoodbye(protocol) ? protocol : null;
}

/**
 * Returns when the function let the connection go: when the link saw the message (FIN or goodbye) at which the server closes. Null if there
 * was no such message, or if the time is not known.
 */
function letGoAt({ link }: Attempt): EpochMs | null {
  if (link === null) return null;
  if (awaitedFin(link) !== null) return link.functionEndedAt;
  const seenAt = link.goodbyeAt ?? link.functionEndedAt;
  return seenAt ?? (link.goodbye === true && link.by === "peer" ? link.closedAt : null);
}

/** Returns the first invocation of the environment that began after `time`. */
function invocationAfter(
  { environment: { invocations } }: Attempt,
  time: EpochMs,
): ObservedInvocation | undefined {
  return invocations.at(
    firstIndex(invocations.length, (index) => (invocations.at(index)?.start ?? -Infinity) > time),
  );
}

/** Returns when the process opened its first connection after `end`, according to the link. */
function openedAfter({ attempts }: ObservedBoot, { time }: Attempt, end: EpochMs): EpochMs | undefined {
  const from = firstIndex(attempts.length, (index) => (attempts[index]?.time ?? Infinity) >= time);
  for (let index = from; index < attempts.length; index += 1) {
    const openedAt = attempts[index]?.link?.openedAt;
    if (openedAt !== undefined && openedAt > end) return openedAt;
  }
  return undefined;
}

/** Whether a message that the link saw at `seenAt` had left before the freeze that followed `end`. */
function leftBeforeFreeze(attempt: Attempt, seenAt: EpochMs | null, end: EpochMs): boolean {
  const thawedAt = invocationAfter(attempt, end)?.start ?? Infinity;
  return seenAt !== null && seenAt < thawedAt && seenAt <= end + SEEN_WITHIN_MS;
}

/**
 * `end` is when the runtime was done. If the function's own line about the close has a time after `end`, the function had not let the
 * connection go before the freeze.
 */
export function letGoBeforeFreeze(attempt: Attempt, end: EpochMs): boolean {
  if (attempt.disconnect !== null && attempt.disconnect.time > end) return false;
  return leftBeforeFreeze(attempt, letGoAt(attempt), end);
}

/**
 * Null if the link does not show that the handler had begun to close the connection before the freeze. `end` is when the runtime was done
 * with the invocation that opened the connection.
 */
export function closeUnderWay(attempt: Attempt, end: EpochMs): CloseUnderWay | null {
  const { boot, invocation, link } = attempt;
  if (link === null || invocation?.end !== end) return null;
  const protocol = awaitedFin(link);
  const awaited = protocol === null ? {} : { awaitedFin: protocol };
  const unknown = { missedByMs: null, afterThawMs: null, ...awaited };
  const leftAt = letGoAt(attempt);
  if (leftAt === null) return link.goodbye === true ? unknown : null;
  // If the goodbye left before the freeze, the handler had begun to close the connection.
  const begun = protocol !== null && leftBeforeFreeze(attempt, link.goodbyeAt, end);
  const next = invocationAfter(attempt, end);
  if (next?.start == null || leftAt < next.start || next.boot !== boot) return begun ? unknown : null;
  const late = { missedByMs: leftAt - end, afterThawMs: leftAt - next.start, ...awaited };
  if (begun) return late;
  if (next.reset !== null) return null;
  // A connection that is kept on purpose is not closed right at the beginning of the next invocation. If that invocation opened another
  // connection, SEEN_WITHIN_MS is counted from there, because the process certainly ran again at that time.
  const reopened = openedAfter(boot, attempt, end);
  const ranAt = reopened !== undefined && reopened <= (next.end ?? Infinity) ? reopened : next.start;
  return leftAt > ranAt + SEEN_WITHIN_MS ? null : late;
}
