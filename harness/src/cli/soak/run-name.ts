/** The name of a run's folder contains the time at which the run began, and the seed that draws the same plan again. */
import { isoTime, type EpochMs } from "../../base/time.ts";

export function runName(now: EpochMs, seed: number | null): string {
  const time = isoTime(now)
    .replace(/[-:]/g, "")
    .replace(/\.\d+Z$/, "Z");
  return `${time}-${seed ?? "aws"}`;
}
