/** Metric filters of a log group. They are stored and listed as sent; matches are not counted, because the engine has no metrics. */
export interface MetricFilter {
  readonly filterName: string;
  readonly filterPattern: string;
  readonly metricTransformations: readonly MetricTransformation[];
  readonly creationTime: number;
}

export interface MetricTransformation {
  readonly metricName: string;
  readonly metricNamespace: string;
  readonly metricValue: string;
  readonly defaultValue?: number;
  readonly unit?: string;
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** "100 metric filters per log group" (CloudWatch Logs quotas). */
export const METRIC_FILTERS_MAX = 100;
