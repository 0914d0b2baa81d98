/**
 * Decides whether a missing `disconnect` line proves that the connection stayed open. This needs all lines of the process, and two habits of
 * the function: it writes `disconnect` lines, and no process of it connects again before it has written one. If the lines of the process have
 * sequence numbers, either habit is enough.
 */
import type { ObservedBoot } from "../timeline/environment.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

interface Habit {
  readonly writes: boolean;
  /** Whether some process connected again although no line had ended its earlier connection. */
  readonly omits: boolean;
}

const habits = new WeakMap<FunctionHistory, Habit>();

export function writesDisconnects(history: FunctionHistory, boot: ObservedBoot): boolean {
  const { writes, omits } = habitOf(history);
  if (boot.missingLines) return false;
  return boot.sequences !== null ? writes || !omits : writes && !omits;
}

export function endsWithoutLine(history: FunctionHistory, boot: ObservedBoot): boolean {
  return habitOf(history).omits && !writesDisconnects(history, boot);
}

function habitOf(history: FunctionHistory): Habit {
  let habit = habits.get(history);
  if (habit === undefined) {
    const boots = history.environments.flatMap((environment) => environment.boots);
    habit = {
      writes: boots.some(({ attempts }) => attempts.some(({ disconnect }) => disconnect !== null)),
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
