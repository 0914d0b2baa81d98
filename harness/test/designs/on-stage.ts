/** Carries out schedules with one shipped design on real processes, set up as in `longrun explore` and `longrun replay`. */
import type { Admission } from "../../src/words/admission.ts";
import { systemClock } from "../../src/adapters/node/system-clock.ts";
import { functionUnderSearch } from "../../src/cli/explore/function-under-search.ts";
import { withStage } from "../../src/cli/explore/with-stage.ts";
import { playSchedule, type Played, type PlayOptions } from "../../src/explore/play-schedule.ts";
import { SCHEDULE_TIMES, type ScheduleStep } from "../../src/explore/schedule.ts";
import type { Stage } from "../../src/explore/stage.ts";
import type { Design } from "../../src/settings/function-choice.ts";

export type Play = (steps: readonly ScheduleStep[], admission: Admission) => Promise<Played>;

export async function onStage<Result>(
  design: Design,
  work: (play: Play, stage: Stage) => Promise<Result>,
): Promise<Result> {
  const { chosen } = await functionUnderSearch({ function: design }, ".");
  if (chosen === null) throw new Error(`there is no design ${design}`);
  return withStage({ environment: process.env }, chosen, SCHEDULE_TIMES, (stage) =>
    work((steps, admission) => playSchedule(stage, steps, playOptions(design, admission)), stage),
  );
}

export function playOptions(design: Design, admission: Admission): PlayOptions {
  return {
    label: design,
    admission,
    capacity: 1,
    times: SCHEDULE_TIMES,
    payload: Buffer.from("{}"),
    clock: systemClock,
    toolVersion: "0.0.0",
  };
}
