/**
 * CloudWatch's own counts of a function: the metrics Invocations and Errors (namespace AWS/Lambda, dimension FunctionName), as sums per
 * minute. They do not depend on the logs, and count every version and alias of the function.
 */
import { epochMs, isoTime } from "../units/time.ts";

/** CloudWatch keeps sums per minute for this long. */
const KEPT_MS = 15 * 86_400_000;
/** How late a data point may arrive. AWS documents no limit for metrics. The AWS console gives this time for logs, so it is used here too. */
export const METRIC_LATE_MS = 300_000;

/** The period of a data point. The point counts the invocations that started in the minute that begins at its time. */
export const METRIC_PERIOD_MS = 60_000;

/** Returns the time, rounded up to a whole minute. */
export function minuteFrom(time: number): number {
  return Math.ceil(time / METRIC_PERIOD_MS) * METRIC_PERIOD_MS;
}

/** Returns the time, rounded down to a whole minute. */
export function minuteUpTo(time: number): number {
  return Math.floor(time / METRIC_PERIOD_MS) * METRIC_PERIOD_MS;
}

export interface MetricRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Returns the range of metrics for a log that is complete from `since` to `until`: the minutes in this time whose metrics are complete and still
 * kept. Returns null if there are none.
 */
export function metricRange(since: number, until: number, now: number): MetricRange | null {
  const from = minuteFrom(Math.max(since, now - KEPT_MS));
  const to = minuteUpTo(Math.min(until, now - METRIC_LATE_MS));
  return from < to ? { from, to } : null;
}

export interface MetricPoint {
  /** The beginning of a minute, ISO 8601 in UTC. */
  readonly time: string;
  /** Null if CloudWatch has no data point for this minute. */
  readonly invocations: number | null;
  readonly errors: number | null;
}

export type SumsByMinute = Readonly<Record<"invocations" | "errors", ReadonlyMap<number, number>>>;

/** Returns one point for each minute that has a sum, in ascending order of time. */
export function metricPoints({ invocations, errors }: SumsByMinute): readonly MetricPoint[] {
  return [...new Set([...invocations.keys(), ...errors.keys()])]
    .sort((a, b) => a - b)
    .map((time) => ({
      time: isoTime(epochMs(time)),
      invocations: invocations.get(time) ?? null,
      errors: errors.get(time) ?? null,
    }));
}

/** One complete answer of GetMetricData. */
export interface MetricReading {
  readonly functionName: string;
  /** When the request was made. Null if the metrics come from a file without this time. */
  readonly readAt: string | null;
  /** The requested range, in whole minutes. The log is complete in this range. Null if the metrics come from a file without a range. */
  readonly from: string | null;
  readonly to: string | null;
  /** The points in ascending order, each minute once. */
  readonly points: readonly MetricPoint[];
}

/** The metrics that a judgement compares with the log of a function. */
export interface MetricEvidence {
  /** The readings in the order in which they were made. */
  readonly readings: readonly MetricReading[];
  /** The range of the log (`--since`, `--until`), for readings that have no range of their own. Null if there is no limit. */
  readonly loggedFrom: number | null;
  readonly loggedTo: number | null;
}
