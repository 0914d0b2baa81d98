/**
 * A run that was killed took its own engine with it, and that its environments: nobody is left to say so but the run that goes on.
 * Otherwise one that was never invoked would seem to live on beside those of the next engine. An engine that others started may live.
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
