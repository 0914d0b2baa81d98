/**
 * Computes the statistics of exposures. Each exposure is a trial. It counts as one failed trial, however many invocations failed because of it. The upper
 * bound of the failure rate per exposure is exact binomial (Clopper-Pearson). The recommended run length follows from the observed rate of
 * exposures.
 */
import jstat from "jstat";
import type { JudgedFunction } from "../../domain/judgement.ts";
import { CONFIDENCE } from "./intervals.ts";

export interface StatisticsInput {
  readonly exposures: number;
  readonly exposuresFailed: number;
  /** The number of pairs of environments in which one harmed the other, although the lines do not show an exposure of the pair. */
  readonly harmedUnexposed: number;
  readonly durationMs: number | null;
}

export function exposureStatistics(input: StatisticsInput): JudgedFunction["statistics"] {
  // Harm proves that there was an exposure, so such a pair is a failed trial.
  const bound = failureRateUpper(
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

/** Returns the exact upper 95 % bound of the failure rate. Null if there is no trial. */
export function failureRateUpper(failures: number, trials: number): number | null {
  if (trials === 0) return null;
  return failures >= trials ? 1 : jstat.jStat.beta.inv(CONFIDENCE, failures + 1, trials - failures);
}

/** Returns how long a run must last to have an exposure with 95 % probability, at the observed rate. Null if no exposure was observed. */
function runLength(exposures: number, duration: number | null): number | null {
  if (exposures === 0 || duration === null || duration <= 0) return null;
  return Math.ceil(jstat.jStat.exponential.inv(CONFIDENCE, exposures / duration));
}
