/**
 * Until when the function's own lines show that a connection was open at the peer (docs/checks.md#harm). The absence of an end is not
 * enough: AWS logs no end of an environment, so the environment may be gone and another client may be connected. A sign of life is needed:
 * a later use of the connection or a later line of its environment. For an environment that was never invoked, the idle life after its Init
 * counts, as for exposures. An invocation that did not succeed is not a sign of life: the reason of its failure may be that the connection
 * was gone. Lines of a function that closes connections without a line are not a sign either.
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
  return hold.environment.invocations.some(
    (one) => one.boot === hold.boot && (one.end ?? Infinity) >= hold.time && !succeeded(history, one),
  );
}

/**
 * When the boot noticed that the peer had ended the connection: at the latest when the boot tried to get another connection. When exactly the
 * connection ended is unknown.
 */
function foundLost(hold: Attempt): number | null {
  const { disconnect } = hold;
  if (disconnect !== null) return disconnect.outcome === null ? null : disconnect.time;
  return hold.boot.attempts.find((one) => one !== hold && one.time > hold.time)?.time ?? null;
}

/** The START of the last invocation that used the connection: it succeeded and made no attempt itself. */
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
  return hold.environment.invocations.findLast(used)?.start ?? hold.time;
}
