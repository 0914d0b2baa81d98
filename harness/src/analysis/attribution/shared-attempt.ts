/**
 * Finds the attempt that counts for an invocation that made none itself. If a shared attempt of its process, usually one in Init, got no
 * connection, this is the latest attempt of the process that got none: the refusal in Init is out of date after a later one.
 */
import { firstIndex } from "../../domain/first-index.ts";
import type { Attempt, ObservedInvocation } from "../timeline/environment.ts";
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
  const after = firstIndex(
    attempts.length,
    (index) => begunAt(attempts[index] as Attempt) > (end ?? Infinity),
  );
  const latest = attempts.at(after - 1);
  return latest !== undefined && failed(latest) && begunAt(latest) > begunAt(shared) ? latest : shared;
}

/** Returns the attempts that may have decided the invocation, the most telling last. */
export function attemptsFor(invocation: ObservedInvocation): readonly Attempt[] {
  const shared = sharedAttempt(invocation);
  return [...invocation.boot.sharedAttempts, ...(shared === null ? [] : [shared]), ...invocation.attempts];
}

function begunAt({ link, time }: Attempt): number {
  return link?.openedAt ?? time;
}
