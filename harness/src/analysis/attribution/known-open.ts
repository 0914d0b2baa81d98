/**
 * Returns the time until which the function's own lines show that a connection was open (docs/checks.md#harm). It is not enough that no
 * line shows the end: AWS does not log the end of an environment, so the environment may be gone, and another client may have connected. A
 * sign of life is needed: a later use of the connection, or a later line of its environment. An environment that was never invoked counts
 * as alive for the idle life after its Init, as for exposures. An invocation that did not succeed is no sign of life, because a lost
 * connection may be the reason for its failure. If the function closes connections without a line, later lines of its environment are no
 * sign of life either.
 */
import type { Attempt, ObservedInvocation } from "../timeline/environment.ts";
import { OUTCOME_NEEDS, succeeded } from "./invocation-outcome.ts";
import { LIFE_NEEDS, lifeOf } from "./environment-lives.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";
import { endsWithoutLine, HABIT_NEEDS } from "./writes-disconnects.ts";

export const OPEN_NEEDS = [
  "environment-neighbours",
  ...LIFE_NEEDS,
  ...HABIT_NEEDS,
  ...OUTCOME_NEEDS,
] as const;
type OpenView = EvidenceView<typeof OPEN_NEEDS>;

/** The answers are stored, because the same answer is needed for each attempt that one connection blocked. */
const known = new WeakMap<Attempt, number>();

export function knownOpenUntil(history: OpenView, hold: Attempt): number {
  let until = known.get(hold);
  if (until === undefined) {
    until = findKnownOpen(history, hold);
    known.set(hold, until);
  }
  return until;
}

function findKnownOpen(history: OpenView, hold: Attempt): number {
  const lostBefore = foundLost(hold);
  if (lostBefore !== null) return lastUse(history, hold, lostBefore);
  return failedSince(history, hold) || endsWithoutLine(history, hold.boot)
    ? lastUse(history, hold, Infinity)
    : lifeOf(history, hold.environment).to;
}

function failedSince(history: OpenView, hold: Attempt): boolean {
  return hold.environment.keptInvocations.some(
    (one) => one.boot === hold.boot && (one.end ?? Infinity) >= hold.time && !succeeded(history, one),
  );
}

/**
 * Returns the time at which the boot had noticed that the peer ended the connection, or null if it never did. It had noticed at the latest when it
 * tried to get another connection. The exact time of the end is unknown.
 */
function foundLost(hold: Attempt): number | null {
  const { disconnect } = hold;
  if (disconnect !== null) return disconnect.outcome === null ? null : disconnect.time;
  return hold.boot.attempts.find((one) => one !== hold && one.time > hold.time)?.time ?? null;
}

/**
 * Returns the START of the last invocation that used the connection. An invocation used it if it succeeded and made no attempt of its own. If there
 * is none, returns the time at which the connection was opened.
 */
function lastUse(history: OpenView, hold: Attempt, before: number): number {
  const used = (one: ObservedInvocation): boolean =>
    one.boot === hold.boot &&
    one.attempts.length === 0 &&
    one.handlerError === null &&
    one.reset === null &&
    succeeded(history, one) &&
    one.start !== null &&
    one.start >= hold.time &&
    one.end !== null &&
    one.end < before;
  return hold.environment.keptInvocations.findLast(used)?.start ?? hold.time;
}
