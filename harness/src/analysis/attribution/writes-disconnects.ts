/**
 * Decides whether the absence of a `disconnect` line proves that the connection stayed open. It proves nothing if lines of the process are
 * missing. If the lines have sequence numbers, one of two habits of the function is enough for a proof: it writes `disconnect` lines, or it
 * never connects again without such a line. If the lines have no numbers, the function must have both habits.
 */
import type { ObservedBoot } from "../timeline/environment.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";

export const HABIT_NEEDS = ["environment-ends", "invocation-counts"] as const;
type HabitView = EvidenceView<typeof HABIT_NEEDS>;

interface Habit {
  /** Whether some connection of the function has a `disconnect` line. */
  readonly writes: boolean;
  /** Whether some process connected again although no line had ended its earlier connection. If so, connections end without a line. */
  readonly omits: boolean;
}

const habits = new WeakMap<HabitView, Habit>();

export function writesDisconnects(history: HabitView, boot: ObservedBoot): boolean {
  const { writes, omits } = habitOf(history);
  if (boot.missingLines) return false;
  return boot.sequences !== null ? writes || !omits : writes && !omits;
}

/** Whether connections of the function are known to end without a line. */
export function endsWithoutLine(history: HabitView, boot: ObservedBoot): boolean {
  return habitOf(history).omits && !writesDisconnects(history, boot);
}

function habitOf(history: HabitView): Habit {
  let habit = habits.get(history);
  if (habit === undefined) {
    const boots = history.environments.flatMap((environment) => environment.boots);
    habit = {
      // `condensed` has the numbers of invocations that are only counted. Each of the `served` ones closed its connection with a `disconnect` line.
      writes:
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
