/** Plays breaking schedules again, alone, to find one that breaks the function every time. */
import type { BreadthFirstResult } from "./breadth-first.ts";
import type { Played } from "./play-schedule.ts";
import type { ScheduleStep } from "./schedule.ts";

export interface FoundSchedule<Result = Played> {
  readonly steps: readonly ScheduleStep[];
  /** The result of playing the schedule again, alone. */
  readonly played: Result;
  /** True if all shorter schedules were played, and none of them broke the function, not even once. */
  readonly shortest: boolean;
  /** True if the schedule, played alone, broke the function every time. */
  readonly confirmed: boolean;
}

type Searched = Pick<BreadthFirstResult, "completeDepth" | "breaking">;

const TIMES_CONFIRMED = 2;

/** Returns the first candidate that breaks the function every time, or else the first candidate. Null if there is none. */
export async function confirmSchedule<Result extends { readonly harmed: boolean }>(
  candidates: readonly (readonly ScheduleStep[])[],
  search: Searched,
  play: (steps: readonly ScheduleStep[]) => Promise<Result>,
): Promise<FoundSchedule<Result> | null> {
  let first: FoundSchedule<Result> | null = null;
  for (const steps of candidates) {
    let played: Result | null = null;
    let harmed = 0;
    for (let time = 0; time < TIMES_CONFIRMED; time += 1) {
      const again = await play(steps);
      if (again.harmed) harmed += 1;
      if (again.harmed || played === null) played = again;
    }
    if (played === null) continue;
    const found: FoundSchedule<Result> = {
      steps,
      played,
      confirmed: harmed === TIMES_CONFIRMED,
      shortest: isShortest(steps, search),
    };
    if (found.confirmed) return found;
    first ??= found;
  }
  return first;
}

/**
 * Whether all shorter schedules were played, and none broke the function. One that broke it in the search counts, even if it did not break
 * the function again.
 */
function isShortest({ length }: readonly ScheduleStep[], { completeDepth, breaking }: Searched): boolean {
  return length <= completeDepth + 1 && breaking.every((other) => other.length >= length);
}
