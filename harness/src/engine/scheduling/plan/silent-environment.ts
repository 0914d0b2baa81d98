/**
 * Retires, by FIN, the environments that `ahead-elsewhere` initialised and that no invocation reaches. Before that, waits until their
 * lifetime has passed and three invocations have ended, but at most until the plan ends or the conductor is stopped.
 */
import type { Fleet } from "../../fleet-contract.ts";
import type { PlanTime } from "./plan-time.ts";

export interface SilentEnvironments {
  readonly functionName: string;
  readonly environments: readonly string[];
  /** How many invocations of the function had ended before the first one that these environments could harm. */
  readonly invocationsEnded: number;
}

const INVOCATIONS_TO_HARM = 3;
const LOOK_EVERY_MS = 50;

export async function retireSilent(
  silent: SilentEnvironments,
  stage: { readonly fleet: Fleet; readonly time: PlanTime; readonly lifeMs: number },
): Promise<void> {
  const { fleet, time, lifeMs } = stage;
  const { functionName, environments } = silent;
  await time.waitUntilOffset(Math.min(time.now() + lifeMs, time.endMs));
  const harmed = (): boolean =>
    fleet.invocationsEnded(functionName) - silent.invocationsEnded >= INVOCATIONS_TO_HARM;
  await time.waitUntilTrue(harmed, { everyMs: LOOK_EVERY_MS, untilMs: time.endMs });
  // Another step, or the removal of the function, may have ended some of them already.
  const alive = fleet
    .environments(functionName)
    .filter((one) => environments.includes(one.environment) && one.state !== "ended");
  await Promise.all(alive.map(({ environment }) => fleet.retire(functionName, { environment }, "fin")));
}
