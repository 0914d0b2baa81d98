/**
 * Finds the time until which the function's own lines show that a connection was open (docs/checks.md#harm). AWS does not log the end of an
 * environment, so a sign of life is needed: a later use of the connection, or a later line of its environment. After a failed invocation,
 * after an invocation whose lines are missing, or if the function closes connections without a line, only a use of the connection counts.
 */
import { NEVER } from "../../base/clocks.ts";
import type { EpochMs } from "../../base/time.ts";
import type { Attempt, ObservedInvocation } from "../timeline/environment.ts";
import { succeeded } from "./invocation-outcome.ts";
import { lifeOf } from "./environment-lives.ts";
import { isUnlogged } from "./unlogged-invocation.ts";
import { endsWithoutLine } from "./writes-disconnects.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

/** The answers that were found so far. One connection can block many attempts, and the answer is the same for all of them. */
const known = new WeakMap<Attempt, EpochMs>();

export function knownOpenUntil(history: FunctionHistory, hold: Attempt): EpochMs {
  let until = known.get(hold);
  if (until === undefined) {
    until = findKnownOpen(history, hold);
    known.set(hold, until);
  }
  return until;
}

function findKnownOpen(history: FunctionHistory, hold: Attempt): EpochMs {
  const lostBefore = foundLost(hold);
  if (lostBefore !== null) return lastUse(history, hold, lostBefore);
  return mayHaveClosed(history, hold) ? lastUse(history, hold, NEVER) : lifeOf(history, hold.environment).to;
}

/** Whether the function may have ended the connection, or found it ended, while its environment lived. */
export function mayHaveClosed(history: FunctionHistory, hold: Attempt): boolean {
  return foundLost(hold) !== null || failedOrUnlogged(history, hold) || endsWithoutLine(history, hold.boot);
}

/** Whether an invocation since then failed, or has no lines that would show an end of the connection. */
function failedOrUnlogged(history: FunctionHistory, hold: Attempt): boolean {
  return hold.environment.invocations.some(
    (one) =>
      one.boot === hold.boot &&
      (one.end ?? Infinity) >= hold.time &&
      (!succeeded(history, one) || (hold.ownLine && isUnlogged(history, one))),
  );
}

/**
 * Returns the time by which the boot had noticed that it had lost its connection. A new attempt shows this too. Null if nothing shows it, or
 * if the function closed the connection itself.
 */
function foundLost(hold: Attempt): EpochMs | null {
  const { disconnect } = hold;
  if (disconnect !== null) return disconnect.outcome === null ? null : disconnect.time;
  return hold.boot.attempts.find((one) => one !== hold && one.time > hold.time)?.time ?? null;
}

/**
 * Returns when an invocation last used the connection. An invocation used it if it succeeded and made no attempt of its own, as
 * its lines show. If there is no such invocation, returns when the connection was opened.
 */
export function lastUse(history: FunctionHistory, hold: Attempt, before: EpochMs): EpochMs {
  const used = (one: ObservedInvocation): boolean =>
    one.boot === hold.boot &&
    one.attempts.length === 0 &&
    one.handlerError === null &&
    one.reset === null &&
    !isUnlogged(history, one) &&
    succeeded(history, one) &&
    one.start !== null &&
    one.start >= hold.time &&
    one.end !== null &&
    one.end < before;
  return hold.environment.invocations.findLast(used)?.start ?? hold.time;
}
