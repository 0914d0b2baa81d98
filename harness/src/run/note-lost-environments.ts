/**
 * When a run is killed, its own engine and the environments of that engine end too. Only the resumed run can record this; otherwise an
 * environment that was never invoked would seem to be alive beside those of the next engine. An engine that others started may still run,
 * so nothing is recorded for it.
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
