/**
 * At the end of a soak on AWS, reads CloudWatch's own counts as a second source beside the logs (docs/checks.md#the-second-witness). They
 * are complete five minutes after the last invocation; the run waits for them within `--settle`. Without them, the logs alone are judged.
 */
import {
  METRIC_EDGE_MS,
  METRIC_LATE_MS,
  METRIC_PERIOD_MS,
  metricRange,
  minuteFrom,
  type MetricRange,
} from "../record/function-metrics.ts";
import { nameInArn } from "../words/name-in-arn.ts";
import type { MetricSource } from "./ports/metric-source.ts";
import { durationMs, formatDuration, monotonicMs, parseIsoTime, type MonotonicMs } from "../base/time.ts";
import { readMetricsTwice } from "./read-metrics-twice.ts";
import type { Soak, SoakFunction } from "./soak-state.ts";

const AGAIN = durationMs(15_000);
const TIMES_MAX = 8;
const SHOW_EVERY_MS = 5_000;
/** The wall clock may be a little behind the monotonic clock. */
const CLOCKS_MS = 1_000;
/** The range begins up to this long before the run, so that no invocation of the run is near the beginning of the range. */
const BEFORE_MS = 2 * METRIC_PERIOD_MS;

interface Asked {
  readonly one: SoakFunction;
  readonly range: MetricRange;
}

/**
 * `ended`: when the step that invokes the functions had ended. Returns true if `collectMetrics` waited for the metrics; the caller then
 * reads the logs once more.
 */
export async function collectMetrics(
  soak: Soak,
  { ended, until }: { readonly ended: MonotonicMs; readonly until: MonotonicMs },
): Promise<boolean> {
  const { clock, progress, stop } = soak.ports;
  const source = soak.service.metrics;
  const endedAt = clock.now() - (clock.monotonic() - ended);
  const dueAt = minuteFrom(endedAt + METRIC_EDGE_MS + 1) + METRIC_LATE_MS;
  const asked = soak.functions.flatMap((one) => rangeOf(soak, one, dueAt));
  if (source === null || asked.length === 0 || isOver(soak)) return false;
  const due = monotonicMs(ended + dueAt - endedAt + CLOCKS_MS);
  if (due + AGAIN > until) {
    const needed = formatDuration(durationMs(METRIC_LATE_MS + 2 * METRIC_PERIOD_MS));
    progress.say(`CloudWatch's metrics are not read: they need --settle ${needed} or more`);
    return false;
  }
  // A stop request ends the wait. If the run was stopped before, only an abort ends it.
  const signal = stop.drain.aborted ? stop.abort : stop.drain;
  while (!signal.aborted && clock.monotonic() < due) {
    const leftMs = due - clock.monotonic();
    progress.settle({ leftMs, waitsFor: "metrics" });
    await clock.sleep(durationMs(Math.min(SHOW_EVERY_MS, leftMs)), signal);
  }
  if (signal.aborted) return true;
  const times = Math.min(TIMES_MAX, 1 + Math.floor((until - clock.monotonic()) / AGAIN));
  await Promise.all(asked.map((one) => readOne(soak, one, { source, times, signal })));
  return true;
}

async function readOne(
  { ports: { clock, store, progress } }: Soak,
  { one, range }: Asked,
  how: { readonly source: MetricSource; readonly times: number; readonly signal: AbortSignal },
): Promise<void> {
  const { label } = one.input;
  const functionName = nameInArn(one.facts.functionArn);
  try {
    store.appendMetrics(label, await readMetricsTwice({ ...how, clock, functionName, range, again: AGAIN }));
  } catch (error) {
    if (how.signal.aborted) return;
    progress.say(
      `${label} is judged without metrics. ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/**
 * Returns the range to read. It does not begin before the function was last modified, because only from then on are the logs complete.
 * Empty if the range has no complete minute, or if another function of the run writes into the same log group.
 */
function rangeOf({ functions, manifest }: Soak, one: SoakFunction, dueAt: number): readonly Asked[] {
  const { lastModified, logGroup } = one.facts;
  if (functions.some((other) => other !== one && other.facts.logGroup === logGroup)) return [];
  const since = (text: string): number => parseIsoTime(text) ?? dueAt;
  const from = Math.max(since(lastModified), since(manifest.createdAt) - BEFORE_MS);
  const range = metricRange(from, dueAt, dueAt);
  return range === null ? [] : [{ one, range }];
}

function isOver({ ports: { stop } }: Soak): boolean {
  return (
    stop.abort.aborted ||
    stop.reason === "signal" ||
    stop.reason === "signed-out" ||
    stop.reason === "disk-full"
  );
}
