/**
 * Whether the silence of a process about a connection says that it did not close it. It does where its lines count without a hole, or where
 * the function writes `disconnect` lines and never connected anew without one. Who writes only `connect` lines says nothing by silence.
 */
import type { ObservedBoot } from "../timeline/environment.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";

export const HABIT_NEEDS = ["invocation-counts"] as const;
type HabitView = EvidenceView<typeof HABIT_NEEDS>;

interface Habit {
  /** Some connection of the function has its `disconnect` line. */
  readonly tells: boolean;
  /** Some process connected anew although no line had ended its connection before: they end untold. */
  readonly omits: boolean;
}

const habits = new WeakMap<HabitView, Habit>();

export function writesDisconnects(history: HabitView, boot: ObservedBoot): boolean {
  const { tells, omits } = habitOf(history);
  if (boot.missingLines) return false;
  return boot.sequences.length > 0 ? tells || !omits : tells && !omits;
}

/** Connections of the function are known to end without a line. */
export function endsUntold(history: HabitView, boot: ObservedBoot): boolean {
  return habitOf(history).omits && !writesDisconnects(history, boot);
}

function habitOf(history: HabitView): Habit {
  let habit = habits.get(history);
  if (habit === undefined) {
    const boots = history.environments.flatMap((environment) => environment.boots);
    habit = {
      // Only what was closed with a line is merely counted.
      tells:
        history.environments.some(({ condensed }) => condensed.served > 0) ||
        boots.some(({ attempts }) => attempts.some(({ disconnect }) => disconnect !== null)),
      omits: boots.some(connectsAnew),
    };
    habits.set(history, habit);
  }
  return habit;
}

function connectsAnew({ accepted }: ObservedBoot): boolean {
  const own = accepted.filter(({ ownLine }) => ownLine);
  return own.slice(0, -1).some(({ disconnect }) => disconnect === null);
}
