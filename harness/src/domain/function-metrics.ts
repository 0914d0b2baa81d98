/**
 * What CloudWatch itself counts of a function: the metrics Invocations and Errors (namespace AWS/Lambda, dimension FunctionName), as sums of
 * minutes. They count independently of the logs, and the whole function: every version and alias.
 */

/** A data point counts what started in the minute that begins at its time. */
export const METRIC_PERIOD_MS = 60_000;

export interface MetricPoint {
  /** The beginning of a minute, ISO 8601 in UTC. */
  readonly time: string;
  /** Null: there is no such data point. */
  readonly invocations: number | null;
  readonly errors: number | null;
}

/** One answer of GetMetricData, whole. */
export interface MetricReading {
  readonly functionName: string;
  /** Null: a file does not say when CloudWatch was asked. */
  readonly readAt: string | null;
  /** The range that was asked for, on minutes, in which the log is whole; null: a file does not say. */
  readonly from: string | null;
  readonly to: string | null;
  /** Ascending, each minute once. */
  readonly points: readonly MetricPoint[];
}

/** What a judgement compares with the log of a function. */
export interface MetricEvidence {
  /** In the order in which they were made. */
  readonly readings: readonly MetricReading[];
  /** Bounds of the log where a reading has none (`--since`, `--until`); null: there is none. */
  readonly loggedFrom: number | null;
  readonly loggedTo: number | null;
}
