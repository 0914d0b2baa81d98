/** What CloudWatch's metrics of a function say of its log: the result of attribution/compare-metrics.ts, as every step may read it. */
import type { MetricsNotCompared } from "../../domain/findings/accounting-findings.ts";

export type MetricsComparison =
  | { readonly compared: false; readonly why: MetricsNotCompared }
  | {
      readonly compared: true;
      /** Invocations that began in it are compared: from `from` on, before `to`. */
      readonly from: number;
      readonly to: number;
      /** By the log; `unknown`: invocations of which it does not say whether they failed. */
      readonly logged: MetricSums & { readonly unknown: number };
      readonly counted: MetricSums;
      /** Both sums are the same, so that what is unknown in this span succeeded. */
      readonly agree: boolean;
      /** By environment: invocations that are only counted and began in the span. */
      readonly condensed: ReadonlyMap<string, number>;
    };

export interface MetricSums {
  readonly invocations: number;
  readonly errors: number;
}

/** Whether the metrics and the log count the same over this time, as a part of a span. */
export function metricsAgree(metrics: MetricsComparison | null, from: number, to: number): boolean {
  return metrics?.compared === true && metrics.agree && metrics.from <= from && to <= metrics.to;
}
