/**
 * CloudWatch's own counts of a function: the metrics Invocations and Errors as sums per minute. They count every version and alias of the
 * function.
 */
import { z } from "zod";
import { epochMs, isoTime } from "../base/time.ts";
import { member, record, type Recorded } from "./schema/member.ts";

/** CloudWatch keeps sums per minute for this long. */
const KEPT_MS = 15 * 86_400_000;
/**
 * How late a data point may arrive. AWS documents no limit for metrics. It says that logs can take 5 to 10 minutes to appear in its console
 * (docs/aws/logs-api.md#delivery-delay), and this is the lower figure.
 */
export const METRIC_LATE_MS = 300_000;

/** The period of a data point. A point counts the invocations that started in the minute beginning at its time. */
export const METRIC_PERIOD_MS = 60_000;

/** If an invocation began this near to the edge between two minutes, CloudWatch may count it in either of the two. */
export const METRIC_EDGE_MS = 5_000;

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

/** Returns the whole minutes between `since` and `until` whose metrics are complete and still kept. Returns null if there are none. */
export function metricRange(since: number, until: number, now: number): MetricRange | null {
  const from = minuteFrom(Math.max(since, now - KEPT_MS));
  const to = minuteUpTo(Math.min(until, now - METRIC_LATE_MS));
  return from < to ? { from, to } : null;
}

const METRIC_POINT = record({
  time: member("time", z.string(), { about: "the beginning of a minute" }),
  invocations: member("kept", z.number().nullable(), {
    about: "null if CloudWatch has no data point for this minute",
  }),
  errors: member("kept", z.number().nullable()),
});
export type MetricPoint = Recorded<typeof METRIC_POINT>;

export type SumsByMinute = Readonly<Record<"invocations" | "errors", ReadonlyMap<number, number>>>;

/** Returns the minutes that have a sum, in ascending order. */
export function metricPoints({ invocations, errors }: SumsByMinute): readonly MetricPoint[] {
  return [...new Set([...invocations.keys(), ...errors.keys()])]
    .sort((a, b) => a - b)
    .map((time) => ({
      time: isoTime(epochMs(time)),
      invocations: invocations.get(time) ?? null,
      errors: errors.get(time) ?? null,
    }));
}

/** A line of `metrics.jsonl`. */
export const METRICS_LINE = record({
  function: member("label", z.string()),
  functionName: member("functionName", z.string()),
  readAt: member("time", z.string().nullable(), {
    about: "when the request was made. Null if the metrics come from a file without this time",
  }),
  from: member("time", z.string().nullable(), {
    about:
      "the requested range, in whole minutes. The log is complete in this range. Null if the metrics come from a file without a range",
  }),
  to: member("time", z.string().nullable()),
  points: member("kept", z.array(METRIC_POINT), { about: "ascending, each minute once" }),
});
export type MetricsLine = Recorded<typeof METRICS_LINE>;
export type MetricReading = Omit<MetricsLine, "function">;

export interface MetricEvidence {
  readonly readings: readonly MetricReading[];
  /** The range of the log (`--since`, `--until`), for readings that have no range of their own. Null if there is no limit. */
  readonly loggedFrom: number | null;
  readonly loggedTo: number | null;
}
