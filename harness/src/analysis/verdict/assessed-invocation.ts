/** One invocation as the result shows it, with the facts from the driver, the log stream and the judgement. */
import type { EpochMs } from "../../base/time.ts";
import { onAxis } from "../../base/clocks.ts";
import { InvariantError } from "../../base/invariant.ts";
import type { InvocationOutcomeName } from "../../record/invocation.ts";
import { madeList, type Listed } from "../../base/listed.ts";
import type { DriverInvocation } from "../timeline/driver-timeline.ts";
import type { ObservedInvocation } from "../timeline/environment.ts";
import type { InvocationAssessment } from "./invocation-assessment.ts";
import { assessInvocation } from "./assess-invocation.ts";
import { isBeforeRun } from "../attribution/before-run.ts";
import { unansweredCalls } from "../attribution/unanswered-calls.ts";
import { outcomeByLog, type OutcomeUnknown } from "../attribution/invocation-outcome.ts";
import { PackedInvocations } from "../timeline/packed-invocations.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export interface AssessedInvocation {
  readonly invocation: ObservedInvocation | null;
  readonly driver: DriverInvocation | null;
  readonly outcome: InvocationOutcomeName;
  /** Why the log does not show the outcome. Absent if the driver's answer decides. */
  readonly why?: OutcomeUnknown;
  /** Null if no log stream shows the invocation. */
  readonly assessment: InvocationAssessment | null;
  readonly from: EpochMs | null;
  readonly to: EpochMs | null;
  /** Set if the driver got no answer and its call certainly began this invocation. Then the log decides the outcome. */
  readonly answerLost?: true;
}

export function assessInvocations(history: FunctionHistory): Listed<AssessedInvocation> {
  const { invocations } = history;
  return history.driver === null && !Array.isArray(invocations)
    ? assessedWhenAsked(history, invocations)
    : assessedNow(history);
}

/**
 * To save memory, packed invocations are judged at each access. This is done only without a driver, because the list has the order of the
 * invocations only then.
 */
function assessedWhenAsked(
  history: FunctionHistory,
  invocations: Listed<ObservedInvocation>,
): Listed<AssessedInvocation> {
  const held = new Map<ObservedInvocation, AssessedInvocation>();
  return madeList(invocations.length, (index) => {
    const invocation = invocations.at(index);
    if (invocation === undefined) throw new InvariantError("there is no such invocation");
    if (invocation.environment.invocations instanceof PackedInvocations)
      return assessedByPlatform(history, invocation);
    const known = held.get(invocation) ?? assessedByPlatform(history, invocation);
    held.set(invocation, known);
    return known;
  });
}

function assessedNow(history: FunctionHistory): AssessedInvocation[] {
  const byRequest = new Map<string, ObservedInvocation>();
  for (const invocation of history.invocations)
    if (!byRequest.has(invocation.requestId)) byRequest.set(invocation.requestId, invocation);
  const judged: AssessedInvocation[] = [];
  const taken = new Set<ObservedInvocation>();
  const { answerLost } = unansweredCalls(history);
  for (const driver of history.driver?.invocations ?? []) {
    if (driver.skipped && driver.sentAt === null) continue;
    const lost = answerLost.get(driver);
    if (lost !== undefined) {
      taken.add(lost);
      judged.push({ ...assessedByPlatform(history, lost), driver, answerLost: true });
      continue;
    }
    const invocation = driver.requestId === null ? null : (byRequest.get(driver.requestId) ?? null);
    if (invocation !== null) taken.add(invocation);
    judged.push({
      invocation,
      driver,
      outcome: driver.outcome?.outcome ?? "unknown",
      assessment: invocation === null ? null : assessInvocation(history, invocation),
      from: invocation?.start ?? onAxis(driver.sentAt),
      to: invocation?.end ?? onAxis(driver.endedAt),
    });
  }
  for (const invocation of history.invocations) {
    if (!taken.has(invocation) && !isBeforeRun(history, invocation))
      judged.push(assessedByPlatform(history, invocation));
  }
  return judged.sort((a, b) => {
    const apart = (a.from ?? 0) - (b.from ?? 0);
    return apart === 0 ? (a.driver?.n ?? 0) - (b.driver?.n ?? 0) : apart;
  });
}

function assessedByPlatform(history: FunctionHistory, invocation: ObservedInvocation): AssessedInvocation {
  const known = outcomeByLog(history, invocation);
  return {
    invocation,
    driver: null,
    outcome: known.outcome === "failed" ? "function-error" : known.outcome,
    ...(known.outcome === "unknown" ? { why: known.why } : {}),
    assessment: assessInvocation(history, invocation),
    from: invocation.start ?? invocation.end,
    to: invocation.end,
  };
}
