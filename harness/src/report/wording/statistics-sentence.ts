/** Says what a run of this length can and cannot show. */
import type { JudgedFunction } from "../../result/judgement.ts";
import { exposuresAreUncountable } from "../../result/findings/exposures-uncountable.ts";
import { count } from "./fixed-words.ts";

type Statistics = Pick<JudgedFunction, "statistics" | "findings"> & {
  readonly exposure: {
    readonly total: number;
    readonly served?: number;
    readonly provoked?: readonly { readonly lever: string; readonly exposures: number }[];
  };
};

export function statisticsSentence(of: Statistics): string {
  return `${lengthText(of)}${boundText(of)}${servedText(of)}`;
}

function servedText({ exposure: { served = 0 } }: Statistics): string {
  if (served === 0) return "";
  return ` ${count(served, "invocation was", "invocations were")} served although another environment was alive that could have held the peer.`;
}

function lengthText({ statistics, exposure, findings }: Statistics): string {
  const { observedMs, runLengthFor95PercentMs: length } = statistics;
  if (observedMs === null || observedMs <= 0)
    return "The length of this run is not known, so it is not known how long a run must last to see an exposure.";
  const own = approximately(observedMs);
  if (length === null && exposuresAreUncountable(findings))
    return "Even a longer run cannot show an exposure until --capacity says how many connections the peer serves at one time.";
  if (exposure.provoked !== undefined && length === null)
    return `No exposure is counted in ${own}, and ${leversOf(exposure.provoked)} changed the function meanwhile, so this run says nothing about how often the platform makes one.`;
  if (length === null)
    return `No exposure in ${own}: exposures are rarer than 3 per ${own}, with 95 % confidence. To see an exposure, make the run longer or its platform more hostile.`;
  if (exposure.provoked !== undefined) {
    const provoked = exposure.provoked.reduce((sum, { exposures }) => sum + exposures, 0);
    return `${provoked} of ${count(exposure.total, "exposure")} came from ${leversOf(exposure.provoked)}, so this run says nothing about how often the platform makes one.`;
  }
  return `At the rate of this run (${count(exposure.total, "exposure")} in ${own}), a run must last ${approximately(length)} to see an exposure with 95 % probability.`;
}

function leversOf(provoked: readonly { readonly lever: string }[]): string {
  return `--provoke (${provoked.map(({ lever }) => lever).join(", ")})`;
}

function boundText({ statistics, exposure }: Statistics): string {
  const { failureRatePerExposureUpper95: bound, harmedPairsUnexposed: beside, exposuresFailed } = statistics;
  const exposures = count(exposure.total, "exposure");
  if (bound === null && exposure.total > 0 && exposuresFailed === 0 && beside === 0)
    return ` It is not known ${exposure.total === 1 ? "whether the exposure" : `how many of ${exposures}`} did harm.`;
  const atLeast = bound === null ? "At least " : "";
  const harmed = exposure.total === 0 ? "" : ` ${atLeast}${exposuresFailed} of ${exposures} did harm.`;
  const more =
    beside === 0
      ? ""
      : ` ${count(beside, "more pair of environments", "more pairs of environments")} had harm, although no log line shows that both environments were alive at the same START.`;
  return `${harmed}${more}${mostText(bound)}`;
}

/** A bound of 100 % says nothing. */
function mostText(bound: number | null): string {
  if (bound === null || bound >= 1) return "";
  const percent = bound * 100;
  return ` At most ${percent < 10 ? percent.toFixed(1) : percent.toFixed(0)} % of exposures do harm, with 95 % confidence.`;
}

const SHORTER_THAN: readonly (readonly [limitMs: number, unitMs: number, unit: string, decimals: number])[] =
  [
    [120_000, 1_000, "s", 0],
    [7_200_000, 60_000, "min", 0],
    [172_800_000, 3_600_000, "h", 1],
    [Infinity, 86_400_000, "days", 1],
  ];

/** Never returns a length of 0. */
function approximately(ms: number): string {
  const [, unitMs, unit, decimals] = SHORTER_THAN.find(([limit]) => ms < limit) ?? [0, 1_000, "s", 0];
  const value = Math.max(ms / unitMs, unit === "s" ? 1 : 0);
  return `${Number(value.toFixed(decimals))}${unit === "s" ? "" : " "}${unit}`;
}
