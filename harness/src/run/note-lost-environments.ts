/**
 * Records the ends of environments that nobody could record when a run was killed. The run's own engine and its environments ended with the
 * run. Without these records, an environment that was never invoked would seem to be alive together with environments of the next engine.
 * If the engine was not started by the run, it may still run, so nothing is recorded.
 */
import { isoTime } from "../units/time.ts";
import type { SoakInput, SoakPorts } from "./soak-input.ts";

export function noteLostEnvironments(
  { resume, functions }: SoakInput,
  { engine, store, clock }: SoakPorts,
): void {
  if (resume === null || engine === null) return;
  const time = isoTime(clock.now());
  for (const { label, functionName } of functions) {
    const environments = resume.functions.get(label)?.environments ?? [];
    store.appendApplied(
      environments.map((environment) => ({
        result: "ended",
        functionName,
        environment,
        time,
        ending: "silence",
      })),
    );
  }
}
