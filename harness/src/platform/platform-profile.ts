/** What the local platform does to execution environments, and how often. */
import type { Placement, PlanAction } from "../record/plan.ts";

/**
 * The time between two events of one kind, drawn from a range in which all values are equally likely. Each end is given in milliseconds and
 * in intervals, and the greater one counts.
 */
export interface Gap {
  readonly everyMs: readonly [least: number, most: number];
  /** The range in invocation intervals. Without it, environments would end between every two invocations in a run with a long interval. */
  readonly everyIntervals: readonly [least: number, most: number];
}

export type RecurringEvent = Exclude<PlanAction, { readonly action: "ahead-elsewhere" }> & Gap;

export interface PlatformProfile {
  readonly name: string;
  /** The placement if no event says otherwise. */
  readonly placement: Placement;
  /** Null if never. The first `ahead-elsewhere` lies in the first half of the run for every seed. */
  readonly aheadElsewhere: Gap | null;
  /** No other event happens while an environment that `ahead-elsewhere` initialised is alive. */
  readonly aheadUndisturbed: boolean;
  readonly events: readonly RecurringEvent[];
}
