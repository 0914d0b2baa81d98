/**
 * A platform profile says what the local platform does to execution environments, and how often. This file has its type. The four profiles
 * that come with the tool are in built-in-profiles.ts, and parse-platform-profile.ts reads a profile from a file.
 */
import type { Placement, PlanAction } from "../domain/plan.ts";

/**
 * The time between two events of one kind, drawn from a range in which all values are equally likely. Each end of the range is given in
 * milliseconds and in intervals, and the greater of the two counts.
 */
export interface Gap {
  readonly everyMs: readonly [least: number, most: number];
  /** The range in invocation intervals. Without it, environments would end between every two invocations of a run with rare invocations. */
  readonly everyIntervals: readonly [least: number, most: number];
}

export type RecurringEvent = Exclude<PlanAction, { readonly action: "ahead-elsewhere" }> & Gap;

export interface PlatformProfile {
  readonly name: string;
  /** How invocations are placed if no event says otherwise. */
  readonly placement: Placement;
  /** How often `ahead-elsewhere` happens. Null if never. The first `ahead-elsewhere` lies in the first half of the run for every seed. */
  readonly aheadElsewhere: Gap | null;
  /** If true, no other event happens while an environment that `ahead-elsewhere` initialised is alive. */
  readonly aheadUndisturbed: boolean;
  readonly events: readonly RecurringEvent[];
}
