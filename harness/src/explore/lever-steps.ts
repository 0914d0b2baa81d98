/**
 * The steps of a schedule that the Lambda API can make happen on AWS: levers, and invocations by version. A schedule of such steps alone can
 * be played on AWS. Pure.
 */
import { SCHEDULED_LEVERS, type LeverStep, type ScheduledLever } from "../words/lever.ts";
import type { ScheduleStep } from "./schedule.ts";

/** The steps of each lever, in the order in which a search tries them. */
const LEVER_STEPS: Readonly<Record<ScheduledLever, readonly LeverStep[]>> = {
  versions: [
    { step: "invoke-version", version: 1 },
    { step: "invoke-version", version: 2 },
  ],
  update: [{ step: "invoke-version", version: "$LATEST" }, { step: "update" }],
  provisioned: [{ step: "invoke-version", version: "$LATEST" }, { step: "provision" }],
};

const sameStep = (one: ScheduleStep, other: ScheduleStep): boolean =>
  JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort());

/** The steps over which a search with these levers searches. */
export function stepsOfLevers(levers: readonly ScheduledLever[]): readonly LeverStep[] {
  const all = levers.flatMap((lever) => LEVER_STEPS[lever]);
  return all.filter((step, index) => all.findIndex((other) => sameStep(other, step)) === index);
}

/** The levers that a schedule pulls. An invocation of `$LATEST` pulls none. */
export function leversIn(steps: readonly ScheduleStep[]): readonly ScheduledLever[] {
  const latest: ScheduleStep = { step: "invoke-version", version: "$LATEST" };
  return SCHEDULED_LEVERS.filter((lever) =>
    LEVER_STEPS[lever].some((own) => !sameStep(own, latest) && steps.some((step) => sameStep(step, own))),
  );
}

type LeverSchedule =
  | { readonly ok: true; readonly steps: readonly LeverStep[] }
  /** The first step that no lever makes happen. `number` counts from 1. */
  | { readonly ok: false; readonly number: number; readonly step: ScheduleStep };

/** Whether all steps can be played on AWS. */
export function leverSchedule(steps: readonly ScheduleStep[]): LeverSchedule {
  const known = stepsOfLevers(SCHEDULED_LEVERS);
  const found: LeverStep[] = [];
  for (const [index, step] of steps.entries()) {
    const lever = known.find((one) => sameStep(one, step));
    if (lever === undefined) return { ok: false, number: index + 1, step };
    found.push(lever);
  }
  return { ok: true, steps: found };
}

/**
 * Invokes the first version once more, if the schedule ends with an invocation of another one. Only a later invocation shows that the
 * first environment was alive meanwhile; without it, the run of a fix would be inconclusive.
 */
export function withFirstAgain(steps: readonly ScheduleStep[]): readonly ScheduleStep[] {
  const first = steps.find(({ step }) => step === "invoke-version");
  const last = steps.at(-1);
  if (first === undefined || last?.step !== "invoke-version" || sameStep(first, last)) return steps;
  return [...steps, first];
}
