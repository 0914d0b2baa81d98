/**
 * What a run of this length can and cannot show. Exposures are the trials (all failures inside one hold are one event): the upper
 * bound on the failure rate per exposure is the exact binomial one (Clopper-Pearson), the run length follows the observed rate.
 */
import jstat from "jstat";
import type { FunctionResult } from "../../domain/run-result.ts";

const CONFIDENCE = 0.95;

export interface StatisticsInput {
  readonly exposures: number;
  readonly exposuresFailed: number;
  /** Pairs of environments of which one did harm to the other, and which no line shows alive at one time with a START. */
  readonly harmedUnexposed: number;
  readonly durationMs: number | null;
}

export function exposureStatistics(input: StatisticsInput): FunctionResult["statistics"] {
  // Harm proves the exposure that no line shows: it is a trial that failed.
  const bound = failureRateUpper(
    input.exposuresFailed + input.harmedUnexposed,
    input.exposures + input.harmedUnexposed,
  );
  const length = runLength(input.exposures, input.durationMs);
  return {
    failureRatePerExposureUpper95: bound,
    exposuresFailed: input.exposuresFailed,
    runLengthFor95PercentMs: length,
    text: `${lengthText(input, length)}${boundText(input, bound)}`,
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

function lengthText(input: StatisticsInput, length: number | null): string {
  if (input.durationMs === null || input.durationMs <= 0)
    return "How long a run must be cannot be told: its length is not known.";
  const own = approximately(input.durationMs);
  if (length === null)
    return `No exposure in ${own}: fewer than 3 per ${own}, with 95 % confidence. A run that is to show one must be longer, or its platform more hostile.`;
  return `At the rate of this run (${input.exposures} in ${own}) a run must last ${approximately(length)} to see an exposure with 95 % probability.`;
}

function boundText(input: StatisticsInput, bound: number | null): string {
  if (bound === null) return "";
  const percent = bound * 100;
  const { harmedUnexposed: beside } = input;
  const more =
    beside === 0
      ? ""
      : `, and ${beside} more ${beside === 1 ? "pair of environments" : "pairs of environments"} whose overlap only the harm shows`;
  return ` ${input.exposuresFailed} of ${input.exposures} exposures did harm${more}: at most ${percent < 10 ? percent.toFixed(1) : percent.toFixed(0)} % of exposures do, with 95 % confidence.`;
}

const SHORTER_THAN: readonly (readonly [limitMs: number, unitMs: number, unit: string, decimals: number])[] =
  [
    [120_000, 1_000, "s", 0],
    [7_200_000, 60_000, "min", 0],
    [172_800_000, 3_600_000, "h", 1],
    [Infinity, 86_400_000, "days", 1],
  ];

/** As people say it; never 0. */
function approximately(ms: number): string {
  const [, unitMs, unit, decimals] = SHORTER_THAN.find(([limit]) => ms < limit) ?? [0, 1_000, "s", 0];
  const value = Math.max(ms / unitMs, unit === "s" ? 1 : 0);
  return `${Number(value.toFixed(decimals))}${unit === "s" ? "" : " "}${unit}`;
}
