/**
 * What CloudWatch itself counts of a function: the metrics Invocations and Errors (namespace AWS/Lambda, dimension FunctionName), as sums of
 * minutes. They count independently of the logs, and the whole function: every version and alias.
 */
import { epochMs, isoTime } from "../units/time.ts";

/** So long CloudWatch keeps sums of minutes. */
const KEPT_MS = 15 * 86_400_000;
/** CloudWatch gives no bound for how late a data point comes; the console's advice for logs is as much. */
export const METRIC_LATE_MS = 300_000;

/** A data point counts what started in the minute that begins at its time. */
export const METRIC_PERIOD_MS = 60_000;

export function minuteFrom(time: number): number {
  return Math.ceil(time / METRIC_PERIOD_MS) * METRIC_PERIOD_MS;
}

export function minuteUpTo(time: number): number {
  return Math.floor(time / METRIC_PERIOD_MS) * METRIC_PERIOD_MS;
}

export interface MetricRange {
  readonly from: number;
  readonly to: number;
}

/** What CloudWatch can be asked about a log that is whole from `since` to `until`; null: nothing that it has settled and still keeps. */
export function metricRange(since: number, until: number, now: number): MetricRange | null {
  const from = minuteFrom(Math.max(since, now - KEPT_MS));
  const to = minuteUpTo(Math.min(until, now - METRIC_LATE_MS));
  return from < to ? { from, to } : null;
}

export interface MetricPoint {
  /** The beginning of a minute, ISO 8601 in UTC. */
  readonly time: string;
  /** Null: there is no such data point. */
  readonly invocations: number | null;
  readonly errors: number | null;
}

export type SumsByMinute = Readonly<Record<"invocations" | "errors", ReadonlyMap<number, number>>>;

/** By time, ascending. */
export function metricPoints({ invocations, errors }: SumsByMinute): readonly MetricPoint[] {
  return [...new Set([...invocations.keys(), ...errors.keys()])]
    .sort((a, b) => a - b)
    .map((time) => ({
      time: isoTime(epochMs(time)),
      invocations: invocations.get(time) ?? null,
      errors: errors.get(time) ?? null,
    }));
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
