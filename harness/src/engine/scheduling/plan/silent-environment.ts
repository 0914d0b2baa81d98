/**
 * The environment that `ahead-elsewhere` initialised and that no invocation reaches. It is retired with ending `fin` when its lifetime has
 * passed and three invocations have ended since it was initialised, at the latest at the end of the plan or when the conductor is stopped.
 */
import type { Fleet } from "../../fleet-contract.ts";
import type { PlanTime } from "./plan-time.ts";

export interface SilentEnvironment {
  readonly functionName: string;
  readonly environment: string;
  /** How many invocations of the function had ended when the next one was placed. */
  readonly invocationsEnded: number;
}

const INVOCATIONS_TO_HARM = 3;
const LOOK_EVERY_MS = 50;

export async function retireSilent(
  silent: SilentEnvironment,
  stage: { readonly fleet: Fleet; readonly time: PlanTime; readonly lifeMs: number },
): Promise<void> {
  const { fleet, time, lifeMs } = stage;
  const { functionName, environment } = silent;
  await time.waitUntilOffset(Math.min(time.now() + lifeMs, time.endMs));
  const harmed = (): boolean =>
    fleet.invocationsEnded(functionName) - silent.invocationsEnded >= INVOCATIONS_TO_HARM;
  await time.waitUntilTrue(harmed, { everyMs: LOOK_EVERY_MS, untilMs: time.endMs });
  // Another step, or the removal of the function, may have ended it already.
  const alive = fleet
    .environments(functionName)
    .some((one) => one.environment === environment && one.state !== "ended");
  if (alive) await fleet.retire(functionName, { environment }, "fin");
}
