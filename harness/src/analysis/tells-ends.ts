/**
 * Whether the silence of a process about a connection says that it did not close it. It does where its lines count without a hole, or where
 * the function writes `disconnect` lines and never connected anew without one. Who writes only `connect` lines says nothing by silence.
 */
import type { Boot } from "./environment.ts";
import type { Story } from "./story.ts";

interface Habit {
  /** Some connection of the function has its `disconnect` line. */
  readonly tells: boolean;
  /** Some process connected anew although no line had ended its connection before: they end untold. */
  readonly omits: boolean;
}

const habits = new WeakMap<Story, Habit>();

export function tellsEnds(story: Story, boot: Boot): boolean {
  const { tells, omits } = habitOf(story);
  if (boot.missingLines) return false;
  return boot.sequences.length > 0 ? tells || !omits : tells && !omits;
}

/** Connections of the function are known to end without a line. */
export function endsUntold(story: Story, boot: Boot): boolean {
  return habitOf(story).omits && !tellsEnds(story, boot);
}

function habitOf(story: Story): Habit {
  let habit = habits.get(story);
  if (habit === undefined) {
    const boots = story.environments.flatMap((environment) => environment.boots);
    habit = {
      // Only what was closed with a line is merely counted.
      tells:
        story.environments.some(({ condensed }) => condensed.served > 0) ||
        boots.some(({ attempts }) => attempts.some(({ disconnect }) => disconnect !== null)),
      omits: boots.some(connectsAnew),
    };
    habits.set(story, habit);
  }
  return habit;
}

function connectsAnew({ accepted }: Boot): boolean {
  const own = accepted.filter(({ ownLine }) => ownLine);
  return own.slice(0, -1).some(({ disconnect }) => disconnect === null);
}
