/**
 * Finds the failed attempt that counts for an invocation that made no attempt itself. Such an attempt exists only if a shared attempt of
 * the invocation's process (usually made in Init, see correlate/shared-attempts.ts) got no connection. If the latest attempt of the process
 * got none either, that latest attempt counts, because the refusal in Init is then out of date. If the latest attempt got a connection, no
 * earlier refusal counts.
 */
import { firstIndex } from "../../base/first-index.ts";
import type { Attempt, ObservedInvocation } from "../timeline/environment.ts";
import { holdFrom } from "../timeline/hold.ts";
import { crashedByPlan } from "./ended-unconnected.ts";

/** If the plan crashed the process during the invocation, only an attempt of the Init counts. */
export function sharedAttempt(invocation: ObservedInvocation): Attempt | null {
  const { boot, end } = invocation;
  const failed = (attempt: Attempt): boolean =>
    attempt.outcome !== "accepted" && (attempt.phase === "init" || !crashedByPlan(invocation));
  const shared = boot.sharedAttempts.findLast(
    (attempt) => failed(attempt) && begunAt(attempt) <= (end ?? Infinity),
  );
  if (shared === undefined) return null;
  const { attempts } = boot;
  const begun = firstIndex(
    attempts.length,
    (index) => begunAt(attempts[index] as Attempt) > (end ?? Infinity),
  );
  const latest = attempts.at(begun - 1);
  if (latest === undefined || begunAt(latest) <= begunAt(shared)) return shared;
  if (latest.outcome === "accepted" && holdFrom(latest) <= (end ?? Infinity)) return null;
  return failed(latest) ? latest : shared;
}

/** Returns the attempts that may have decided the invocation. Of these, the last one shows most about its outcome. */
export function attemptsFor(invocation: ObservedInvocation): readonly Attempt[] {
  const shared = sharedAttempt(invocation);
  return [...invocation.boot.sharedAttempts, ...(shared === null ? [] : [shared]), ...invocation.attempts];
}

function begunAt({ link, time }: Attempt): number {
  return link?.openedAt ?? time;
}
