/** The result of comparing CloudWatch's metrics of a function with its log (attribution/compare-metrics.ts). Every step may read it. */
import type { MetricsNotCompared } from "../../domain/findings/accounting-findings.ts";

export type MetricsComparison =
  | { readonly compared: false; readonly why: MetricsNotCompared }
  | {
      readonly compared: true;
      /** The span of the comparison. Invocations that began at `from` or later, and before `to`, are compared. */
      readonly from: number;
      readonly to: number;
      /** The sums of the log. `unknown` is the number of invocations for which the log does not show whether they failed. */
      readonly logged: MetricSums & { readonly unknown: number };
      readonly counted: MetricSums;
      /** Whether the sums are equal. If so, every unknown outcome in this span was a success. */
      readonly agree: boolean;
      /** For each environment, how many invocations that are only counted began in the span. */
      readonly condensed: ReadonlyMap<string, number>;
    };

export interface MetricSums {
  readonly invocations: number;
  readonly errors: number;
}

/** Whether the metrics and the log agree, and the compared span contains the time from `from` to `to`. */
export function metricsAgree(metrics: MetricsComparison | null, from: number, to: number): boolean {
  return metrics?.compared === true && metrics.agree && metrics.from <= from && to <= metrics.to;
}
