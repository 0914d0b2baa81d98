/** Computes the statistics of exposures. Each exposure is one trial, however many invocations failed because of it. */
import type { DurationMs } from "../../base/time.ts";
import jstat from "jstat";
import type { JudgedFunction } from "../../result/judgement.ts";
import { CONFIDENCE } from "./intervals.ts";

export interface StatisticsInput {
  readonly exposures: number;
  readonly exposuresFailed: number;
  /** How many pairs of environments have harm between them, although the log lines show no exposure between them. */
  readonly harmedUnexposed: number;
  /** Whether there is an invocation for which it is unknown whether it was harmed. Then there is no bound. */
  readonly harmUnknown: boolean;
  readonly durationMs: DurationMs | null;
}

export function exposureStatistics(input: StatisticsInput): JudgedFunction["statistics"] {
  const bound = input.harmUnknown
    ? null
    : failureRateUpper(
        input.exposuresFailed + input.harmedUnexposed,
        input.exposures + input.harmedUnexposed,
      );
  return {
    failureRatePerExposureUpper95: bound,
    exposuresFailed: input.exposuresFailed,
    runLengthFor95PercentMs: runLength(input.exposures, input.durationMs),
    harmedPairsUnexposed: input.harmedUnexposed,
    observedMs: input.durationMs,
  };
}

/** Returns the exact binomial (Clopper-Pearson) upper 95 % bound of the failure rate. Null if there is no trial. */
export function failureRateUpper(failures: number, trials: number): number | null {
  if (trials === 0) return null;
  return failures >= trials ? 1 : jstat.jStat.beta.inv(CONFIDENCE, failures + 1, trials - failures);
}

/** Returns how long a run must last to have an exposure with 95 % probability, at the observed rate. */
function runLength(exposures: number, duration: DurationMs | null): number | null {
  if (exposures === 0 || duration === null || duration <= 0) return null;
  return Math.ceil(jstat.jStat.exponential.inv(CONFIDENCE, exposures / duration));
}
