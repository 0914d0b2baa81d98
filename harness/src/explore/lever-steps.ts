/**
 * The steps of a schedule that the Lambda API can make happen on AWS: levers, and invocations by version. A schedule of such steps alone can
 * be played on AWS. Pure.
 */
import { LEVERS, type Lever } from "../domain/lever.ts";
import type { ScheduleStep } from "./schedule.ts";

/** The steps of each lever, in the order in which a search tries them. */
const LEVER_STEPS: Readonly<Record<Lever, readonly ScheduleStep[]>> = {
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
export function stepsOfLevers(levers: readonly Lever[]): readonly ScheduleStep[] {
  const all = levers.flatMap((lever) => LEVER_STEPS[lever]);
  return all.filter((step, index) => all.findIndex((other) => sameStep(other, step)) === index);
}

/** The levers that a schedule pulls. An invocation of `$LATEST` pulls none. */
export function leversIn(steps: readonly ScheduleStep[]): readonly Lever[] {
  const latest: ScheduleStep = { step: "invoke-version", version: "$LATEST" };
  return LEVERS.filter((lever) =>
    LEVER_STEPS[lever].some((own) => !sameStep(own, latest) && steps.some((step) => sameStep(step, own))),
  );
}

/** The first step that no lever makes happen on AWS. Null if there is none. `number` counts from 1. */
export function firstWithoutLever(
  steps: readonly ScheduleStep[],
): { readonly number: number; readonly step: ScheduleStep } | null {
  const known = stepsOfLevers(LEVERS);
  const index = steps.findIndex((step) => !known.some((one) => sameStep(one, step)));
  const step = steps[index];
  return step === undefined ? null : { number: index + 1, step };
}
