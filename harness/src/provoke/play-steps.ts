/**
 * Plays a schedule of levers on one function. All versions are published before the first invocation, because publishing changes the
 * description of `$LATEST` for some seconds, and so makes new environments of `$LATEST`.
 */
import type { LeverStep } from "../words/lever.ts";
import type { ChangedFunction } from "./changed-function.ts";
import { LATEST } from "./lever-kind.ts";
import { versions } from "./versions.ts";

export function invocationsIn(steps: readonly LeverStep[]): number {
  return steps.filter(({ step }) => step === "invoke-version").length;
}

export interface PlayedSchedule {
  /** The numbers that Lambda gave the schedule's versions 1 and 2. Empty if the schedule invokes neither. */
  readonly published: readonly string[];
  /** Plays the steps up to the next invocation, and resolves to the version that is to be invoked. */
  next(): Promise<string>;
}

export async function playSteps(
  changed: ChangedFunction,
  steps: readonly LeverStep[],
): Promise<PlayedSchedule> {
  const byNumber = steps.some((one) => one.step === "invoke-version" && one.version !== LATEST);
  const published = byNumber ? (await versions.pull(changed, NOTHING_SEEN, { tenants: 0 })).invoked : [];
  const provisioned = steps.some(({ step }) => step === "provision")
    ? await changed.publishToProvision("provisioned")
    : null;
  const left = [...steps];
  let updates = 0;
  const next = async (): Promise<string> => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      if (one.step === "invoke-version")
        return one.version === LATEST ? LATEST : (published[one.version - 1] ?? LATEST);
      if (one.step === "provision" && provisioned !== null)
        await changed.provision("provisioned", provisioned);
      if (one.step === "update") await changed.describe("update", `update ${(updates += 1)}`);
    }
    return LATEST;
  };
  return { published, next };
}

/** The lever `versions` looks at nothing. */
const NOTHING_SEEN = { ofLatest: () => Promise.resolve(null), say: () => undefined };
