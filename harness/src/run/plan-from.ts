/** Finds the part of the plan that is still to come: the complete plan, or the entries that a resumed run has not applied. Pure. */
import type { Plan } from "../domain/plan.ts";
import type { SoakInput } from "./soak-input.ts";

interface RestOfPlan {
  readonly plan: Plan;
  /** How many entries have been applied. Added to the new numbers of the remaining entries, this gives their numbers in the complete plan. */
  readonly skipped: number;
  readonly elapsedMs: number;
}

/** Returns null if the platform has no plan. */
export function planFrom({
  plan,
  resume,
  interval,
}: Pick<SoakInput, "plan" | "resume" | "interval">): RestOfPlan | null {
  if (plan === null) return null;
  const elapsedMs = (resume?.lastInstant ?? 0) * interval;
  const entries =
    elapsedMs === 0 ? plan.entries : plan.entries.filter(({ offsetMs }) => offsetMs > elapsedMs);
  return { plan: { ...plan, entries }, skipped: plan.entries.length - entries.length, elapsedMs };
}
