/** The result of comparing CloudWatch's metrics of a function with its log. */
import type { EpochMs } from "../../base/time.ts";
import type { MetricsNotCompared } from "../../result/findings/accounting-findings.ts";

export type MetricsComparison =
  | { readonly compared: false; readonly why: MetricsNotCompared }
  | {
      readonly compared: true;
      /** The span of the comparison, without `to` itself. The START of an invocation decides whether it lies in the span. */
      readonly from: EpochMs;
      readonly to: EpochMs;
      /** `unknown` counts the invocations for which the log does not show whether they failed. */
      readonly logged: MetricSums & { readonly unknown: number };
      readonly counted: MetricSums;
      /** If the sums are equal, every unknown outcome in this span was a success. */
      readonly agree: boolean;
    };

export interface MetricSums {
  readonly invocations: number;
  readonly errors: number;
}

/** Whether the metrics and the log agree over a span that contains `from` and `to`. */
export function metricsAgree(metrics: MetricsComparison | null, from: EpochMs, to: EpochMs): boolean {
  return metrics?.compared === true && metrics.agree && metrics.from <= from && to <= metrics.to;
}
