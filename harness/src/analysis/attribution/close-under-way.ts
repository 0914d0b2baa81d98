/**
 * Functions about a connection that its handler began to close with `end()` or `quit()` before the handler returned. Only the link shows the
 * message with which the function let the connection go: its FIN, or the goodbye of a protocol whose servers close at the goodbye. If this message
 * left before the freeze, the server closes the connection without the function. If the handler did not wait, the message can be left in the
 * process, and leaves only when the environment runs again. Pure.
 */
import { firstIndex } from "../../domain/first-index.ts";
import type { CloseUnderWay } from "../../domain/findings/discipline-findings.ts";
import { closesAtGoodbye } from "../../protocols/all-protocols.ts";
import type { Attempt, LinkConnection, ObservedBoot, ObservedInvocation } from "../timeline/environment.ts";

/**
 * How long the last message of a running process takes until it is seen on the link, also on a busy machine. A frozen process sends
 * nothing. So a message that is seen more than this time after the freeze began left the process only after the thaw. If the close began
 * before the freeze, its message is seen within this time after the process runs again (after the thaw, or after the process opened its
 * next connection).
 */
const SEEN_WITHIN_MS = 250;

/** Returns the protocol of a connection on which the function said goodbye, but whose server waits for the function's FIN. Null for any other. */
function awaitedFin({ goodbye, protocol }: LinkConnection): string | null {
  return goodbye === true && protocol !== null && !closesAtGoodbye(protocol) ? protocol : null;
}

/** Returns the time at which the link saw that the function let the connection go. Null if it did not, or if the time is not known. */
function letGoAt({ link }: Attempt): number | null {
  if (link === null) return null;
  if (awaitedFin(link) !== null) return link.functionEndedAt;
  const seenAt = link.goodbyeAt ?? link.functionEndedAt;
  return seenAt ?? (link.goodbye === true && link.by === "peer" ? link.closedAt : null);
}

/** Returns the first invocation of the environment that began after `time`. */
function invocationAfter(
  { environment: { keptInvocations } }: Attempt,
  time: number,
): ObservedInvocation | undefined {
  return keptInvocations.at(
    firstIndex(keptInvocations.length, (index) => (keptInvocations.at(index)?.start ?? -Infinity) > time),
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

/** Whether a message that the link saw at `seenAt` had left before the freeze that followed `end`. */
function leftBeforeFreeze(attempt: Attempt, seenAt: number | null, end: number): boolean {
  const thawedAt = invocationAfter(attempt, end)?.start ?? Infinity;
  return seenAt !== null && seenAt < thawedAt && seenAt <= end + SEEN_WITHIN_MS;
}

/**
 * Whether the function let the connection go before the freeze that followed `end`, the time at which the runtime was done. If the
 * function's own line says that it closed the connection later, for example in the Shutdown phase, the function had not let it go.
 */
export function letGoBeforeFreeze(attempt: Attempt, end: number): boolean {
  if (attempt.disconnect !== null && attempt.disconnect.time > end) return false;
  return leftBeforeFreeze(attempt, letGoAt(attempt), end);
}

/**
 * For a connection that its handler had begun to close before the freeze: returns how late its last message was. Null for any other connection. `end`
 * is the time at which the runtime was done with the invocation that opened the connection.
 */
export function closeUnderWay(attempt: Attempt, end: number): CloseUnderWay | null {
  const { boot, invocation, link } = attempt;
  if (link === null || invocation?.end !== end) return null;
  const protocol = awaitedFin(link);
  const awaited = protocol === null ? {} : { awaitedFin: protocol };
  const unknown = { missedByMs: null, afterThawMs: null, ...awaited };
  const leftAt = letGoAt(attempt);
  if (leftAt === null) return link.goodbye === true ? unknown : null;
  // If the goodbye left before the freeze, the handler had begun to close the connection, whatever ended it later.
  const begun = protocol !== null && leftBeforeFreeze(attempt, link.goodbyeAt, end);
  const next = invocationAfter(attempt, end);
  if (next?.start == null || leftAt < next.start || next.boot !== boot) return begun ? unknown : null;
  const late = { missedByMs: leftAt - end, afterThawMs: leftAt - next.start, ...awaited };
  if (begun) return late;
  // If the process ended, the end of the process closed the connection, and not the handler.
  if (next.reset !== null) return null;
  // A connection that is kept on purpose is not closed right at the beginning of the next invocation. If that invocation opened another
  // connection, the process was running again at that time at the latest.
  const reopened = openedAfter(boot, attempt, end);
  const ranAt = reopened !== undefined && reopened <= (next.end ?? Infinity) ? reopened : next.start;
  return leftAt > ranAt + SEEN_WITHIN_MS ? null : late;
}
