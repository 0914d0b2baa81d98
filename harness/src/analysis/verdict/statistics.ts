/**
 * What a run of this length can and cannot show. Exposures are the trials (all failures inside one hold are one event): the upper
 * bound on the failure rate per exposure is the exact binomial one (Clopper-Pearson), the run length follows the observed rate.
 */
import jstat from "jstat";
import type { JudgedFunction } from "../../domain/judgement.ts";

const CONFIDENCE = 0.95;

export interface StatisticsInput {
  readonly exposures: number;
  readonly exposuresFailed: number;
  /** Pairs of environments of which one did harm to the other, and which no line shows alive at one time with a START. */
  readonly harmedUnexposed: number;
  readonly durationMs: number | null;
}

export function exposureStatistics(input: StatisticsInput): JudgedFunction["statistics"] {
  // Harm proves the exposure that no line shows: it is a trial that failed.
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

/** Exact upper 95 % bound for `failures` of `trials`; null without a trial. */
export function failureRateUpper(failures: number, trials: number): number | null {
  if (trials === 0) return null;
  return failures >= trials ? 1 : jstat.jStat.beta.inv(CONFIDENCE, failures + 1, trials - failures);
}

/** At the observed rate, how long until an exposure has come with 95 % probability; null when none was observed. */
function runLength(exposures: number, duration: number | null): number | null {
  if (exposures === 0 || duration === null || duration <= 0) return null;
  return Math.ceil(jstat.jStat.exponential.inv(CONFIDENCE, exposures / duration));
}
