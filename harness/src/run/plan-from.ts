/** The part of the plan that is still to come. */
import type { Plan } from "../record/plan-file.ts";

interface RestOfPlan {
  readonly plan: Plan;
  /** Added to the numbers of the remaining entries, this gives their numbers in the complete plan. */
  readonly skipped: number;
}

export function planFrom(plan: Plan, elapsedMs: number): RestOfPlan {
  const entries =
    elapsedMs === 0 ? plan.entries : plan.entries.filter(({ offsetMs }) => offsetMs > elapsedMs);
  return { plan: { ...plan, entries }, skipped: plan.entries.length - entries.length };
}
