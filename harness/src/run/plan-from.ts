/** Finds the part of the plan that is still to come: the complete plan, or the entries after the time that has passed. Pure. */
import type { Plan } from "../domain/plan.ts";

interface RestOfPlan {
  readonly plan: Plan;
  /** How many entries are left out. Added to the new numbers of the remaining entries, this gives their numbers in the complete plan. */
  readonly skipped: number;
}

export function planFrom(plan: Plan, elapsedMs: number): RestOfPlan {
  const entries =
    elapsedMs === 0 ? plan.entries : plan.entries.filter(({ offsetMs }) => offsetMs > elapsedMs);
  return { plan: { ...plan, entries }, skipped: plan.entries.length - entries.length };
}
