/**
 * Confidence intervals that assume no distribution of the values: Clopper-Pearson for a share, order statistics for a quantile. The
 * interval of a difference uses the bounds of two intervals. Each of the four bounds may be wrong with a quarter of the allowed probability
 * (Bonferroni). So the interval can be too wide, but never too narrow.
 */
import { firstIndex } from "../../base/first-index.ts";
import jstat from "jstat";
import type { Difference, Share } from "../../result/run-comparison.ts";

export const CONFIDENCE = 0.95;
const TAIL = (1 - CONFIDENCE) / 4;

export interface Interval {
  readonly low: number | null;
  readonly high: number | null;
}

/** Both bounds are null if there was no trial. */
export function shareInterval({ events, trials }: Share): Interval {
  if (trials === 0) return { low: null, high: null };
  const { beta } = jstat.jStat;
  return {
    low: events === 0 ? 0 : beta.inv(TAIL, events, trials - events + 1),
    high: events >= trials ? 1 : beta.inv(1 - TAIL, events + 1, trials - events),
  };
}

/** Returns the interval of a quantile of the distribution behind the values. A bound is null if there are too few values. */
export function quantileInterval(ascending: readonly number[], probability: number): Interval {
  const size = ascending.length;
  const atMost = (count: number): number => jstat.jStat.binomial.cdf(count, size, probability);
  // The value at an index exceeds the quantile if at most `index` values lie at or below the quantile.
  const low = firstIndex(size, (before) => atMost(before) > TAIL) - 1;
  const high = firstIndex(size, (before) => 1 - atMost(before) <= TAIL);
  return { low: ascending[low] ?? null, high: ascending[high] ?? null };
}

/** Returns `after` minus `before`. Null if either value is unknown. */
export function differenceOf(
  before: Interval & { readonly value: number | null },
  after: Interval & { readonly value: number | null },
): Difference | null {
  if (before.value === null || after.value === null) return null;
  const low = after.low === null || before.high === null ? null : after.low - before.high;
  const high = after.high === null || before.low === null ? null : after.high - before.low;
  const shows = high !== null && high < 0 ? "lower" : low !== null && low > 0 ? "higher" : "neither";
  return { value: after.value - before.value, low, high, shows };
}
