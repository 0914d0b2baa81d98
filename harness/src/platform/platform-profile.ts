/**
 * A platform profile says what the local platform does to execution environments, and how often. This is its shape;
 * the four that come with the tool are in built-in-profiles.ts, and a file is read by parse-platform-profile.ts.
 */
import type { Placement, PlanAction } from "../domain/plan.ts";

/**
 * The time between two events of one kind, drawn evenly from a range. Each end of the range is the greater one of the two that are given.
 */
export interface Gap {
  readonly everyMs: readonly [least: number, most: number];
  /** In invocation intervals: if invocations are rare, an environment would otherwise end between any two of them. */
  readonly everyIntervals: readonly [least: number, most: number];
}

export type RecurringEvent = Exclude<PlanAction, { readonly action: "ahead-elsewhere" }> & Gap;

export interface PlatformProfile {
  readonly name: string;
  /** Where invocations go unless an event says otherwise. */
  readonly placement: Placement;
  /** Null for never. Otherwise the first one lies in the first half of the run, whatever the seed is. */
  readonly aheadElsewhere: Gap | null;
  /** True if no other event may happen while the environment that was initialised ahead lives. */
  readonly aheadUndisturbed: boolean;
  readonly events: readonly RecurringEvent[];
}
