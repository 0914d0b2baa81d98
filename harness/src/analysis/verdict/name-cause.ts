/** Names the cause of a failed invocation, from a fixed list (docs/checks.md#named-causes). An exception of the handler is not on this list. */
import type { AssessedInvocation } from "./assessed-invocation.ts";
import { unansweredCalls } from "../attribution/unanswered-calls.ts";
import { crashedByPlan } from "../attribution/ended-unconnected.ts";
import { peerRestartedDuring } from "../attribution/peer-available.ts";
import { explainsThrottle, type ThrottleCover } from "./explain-throttle.ts";
import { wasClosedByPeer } from "./peer-closed-at.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export const CAUSES = [
  "harm",
  "peer-down",
  "peer-held-by-stranger",
  "peer-closed",
  "function-timeout",
  "crash",
  "out-of-memory",
  "environment-ended",
  "throttle-explained",
  "never-arrived",
  "peer-error",
  "peer-full",
  "own-connections",
] as const;
export type Cause = (typeof CAUSES)[number];

/** These causes are named but prevent a pass. An invocation that the server did not serve because of an error proves nothing. */
const NOT_EXPLAINED: ReadonlySet<Cause> = new Set(["peer-error"]);

export function explains(cause: Cause | null | undefined): boolean {
  return cause != null && !NOT_EXPLAINED.has(cause);
}

/** The peer has too few places for the function. Such a failure counts as explained, but prevents a pass. */
export function isOfCapacity(cause: Cause): boolean {
  return cause === "peer-full" || cause === "own-connections";
}

export function nameCause(
  history: FunctionHistory,
  judged: AssessedInvocation,
  cover: ThrottleCover,
): Cause | null {
  const { assessment, invocation } = judged;
  if (assessment?.judged === "harmed") return "harm";
  if (judged.outcome === "succeeded") return null;
  if (judged.outcome === "throttled")
    return judged.driver !== null && explainsThrottle(cover, judged.driver) ? "throttle-explained" : null;
  if (invocation === null)
    return judged.driver !== null && unansweredCalls(history).neverArrived.has(judged.driver)
      ? "never-arrived"
      : null;
  if (assessment?.judged === "not-harmed" && assessment.why === "failed") return "peer-down";
  if (peerRestartedDuring(history, invocation)) return "peer-down";
  if (assessment?.judged === "not-harmed" && assessment.why === "stranger") return "peer-held-by-stranger";
  if (assessment?.judged === "not-harmed" && assessment.why === "peer-closed") return "peer-closed";
  if (assessment?.judged === "not-harmed" && assessment.why === "denied") return "peer-error";
  if (
    assessment?.judged === "not-harmed" &&
    (assessment.why === "peer-full" || assessment.why === "own-connections")
  )
    return assessment.why;
  if (crashedByPlan(invocation)) return "crash";
  if (wasClosedByPeer(history, judged)) return "peer-closed";
  if (invocation.reset === "timeout") return "function-timeout";
  if (invocation.reset !== null) return invocation.reset;
  return invocation.endedBy === "driver" ? "environment-ended" : null;
}
