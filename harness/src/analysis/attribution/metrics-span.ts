/**
 * Finds the longest span over which the log of a function can be compared with CloudWatch's metrics. The span begins and ends on minutes.
 * No invocation began within 5 s of the beginning or the end of the span, because CloudWatch may count such an invocation inside or outside
 * of the span. Every invocation in the span had ended at least 5 minutes before the first reading.
 */
import type { Span } from "../../base/clocks.ts";
import {
  METRIC_EDGE_MS,
  METRIC_LATE_MS,
  METRIC_PERIOD_MS,
  minuteFrom,
  minuteUpTo,
  type MetricEvidence,
  type MetricReading,
} from "../../record/function-metrics.ts";
import { TIMEOUT_SECONDS_MAX } from "../../words/function-size.ts";
import { epochMs, parseIsoTime, type EpochMs } from "../../base/time.ts";

const INVOCATION_MS_MAX = TIMEOUT_SECONDS_MAX * 1_000;

/** `end` is null if it is not in the log. */
export interface StartAndEnd {
  readonly start: EpochMs;
  readonly end: EpochMs | null;
}

/** `readings` are the readings whose sums over the span are later compared with each other. Null if there is no such span. */
export function metricsSpan(
  invocations: Iterable<StartAndEnd>,
  readings: readonly MetricReading[],
  { loggedFrom, loggedTo }: Pick<MetricEvidence, "loggedFrom" | "loggedTo">,
): Span | null {
  const readAt = Math.min(...readings.map(({ readAt: at }) => instant(at) ?? Infinity));
  const starts = startsOf(invocations, readAt - METRIC_LATE_MS);
  let from = Math.max(loggedFrom === null ? -Infinity : minuteFrom(loggedFrom), lowest(readings, starts));
  let to = Math.min(
    loggedTo === null ? Infinity : minuteUpTo(loggedTo),
    highest(readings, starts),
    minuteUpTo(Math.min(readAt - METRIC_LATE_MS, starts.firstOpen)),
  );
  if (!Number.isFinite(from) || !Number.isFinite(to)) return null;
  while (from < to && starts.edges.has(from)) from += METRIC_PERIOD_MS;
  while (from < to && starts.edges.has(to)) to -= METRIC_PERIOD_MS;
  return from < to ? { from: epochMs(from), to: epochMs(to) } : null;
}

interface Starts {
  readonly first: number;
  readonly last: number;
  /** The beginnings of minutes that have a START at most 5 s before or after them. */
  readonly edges: ReadonlySet<number>;
  /** START of the first invocation that ended, or may have ended, too late for the first reading. */
  readonly firstOpen: number;
}

function startsOf(invocations: Iterable<StartAndEnd>, endedBy: number): Starts {
  let [first, last, firstOpen] = [Infinity, -Infinity, Infinity];
  const edges = new Set<number>();
  for (const { start, end } of invocations) {
    first = Math.min(first, start);
    last = Math.max(last, start);
    const nearest = Math.round(start / METRIC_PERIOD_MS) * METRIC_PERIOD_MS;
    if (Math.abs(start - nearest) <= METRIC_EDGE_MS) edges.add(nearest);
    if ((end ?? start + INVOCATION_MS_MAX) > endedBy) firstOpen = Math.min(firstOpen, start);
  }
  return { first, last, edges, firstOpen };
}

/**
 * Neither a file of metrics nor an exported log shows which range was requested. So both are assumed to be complete where both have data.
 */
function lowest(readings: readonly MetricReading[], { first }: Starts): number {
  return Math.max(
    ...readings.map(({ from, points }) => {
      const asked = instant(from);
      if (asked !== null) return minuteFrom(asked);
      const point = instant(points[0]?.time ?? null);
      if (point === null) return Infinity;
      return first < point ? point : minuteUpTo(first - METRIC_EDGE_MS - 1);
    }),
  );
}

function highest(readings: readonly MetricReading[], { last }: Starts): number {
  return Math.min(
    ...readings.map(({ to, points }) => {
      const asked = instant(to);
      if (asked !== null) return minuteUpTo(asked);
      const point = instant(points.at(-1)?.time ?? null);
      if (point === null) return -Infinity;
      const end = point + METRIC_PERIOD_MS;
      return last >= end ? end : minuteFrom(last + METRIC_EDGE_MS + 1);
    }),
  );
}

function instant(text: string | null): number | null {
  return text === null ? null : parseIsoTime(text);
}
