/** Computes quantiles with HdrHistogram, to three significant digits in steps of a microsecond. Without values, all figures are null. */
import { build } from "hdr-histogram-js";
import type { Quantiles } from "../../result/function-result.ts";

const STEPS_PER_MS = 1_000;

export function quantiles(values: Iterable<number | null>): Quantiles {
  const histogram = build({ bitBucketSize: 64, autoResize: true, numberOfSignificantValueDigits: 3 });
  let count = 0;
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value === null || !Number.isFinite(value) || value < 0) continue;
    histogram.recordValue(Math.round(value * STEPS_PER_MS));
    count += 1;
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  if (count === 0) return { count: 0, min: null, p50: null, p90: null, p99: null, max: null };
  // The upper edge of a bucket can be higher than the greatest value.
  const at = (percentile: number): number =>
    Math.max(min, Math.min(max, histogram.getValueAtPercentile(percentile) / STEPS_PER_MS));
  return { count, min, p50: at(50), p90: at(90), p99: at(99), max };
}
