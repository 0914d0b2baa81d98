/** Reads a function's metrics until two readings in a row are equal. */
import type { MetricRange, MetricReading } from "../record/function-metrics.ts";
import type { Clock } from "./ports/clock.ts";
import type { MetricSource } from "./ports/metric-source.ts";
import { epochMs, isoTime, type DurationMs } from "../base/time.ts";

interface MetricsRequest {
  readonly source: MetricSource;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly functionName: string;
  readonly range: MetricRange;
  readonly again: DurationMs;
  /** The most readings, at least 2. */
  readonly times: number;
}

/** Returns the last two readings, or one if the wait was stopped after the first. Throws what `source` throws. */
export async function readMetricsTwice(request: MetricsRequest): Promise<readonly MetricReading[]> {
  const { clock, signal, again, times } = request;
  let readings = [await read(request)];
  for (let made = 1; made < times && !signal.aborted; made += 1) {
    await clock.sleep(again, signal);
    if (signal.aborted) break;
    const next = await read(request);
    const agree = JSON.stringify(readings.at(-1)?.points) === JSON.stringify(next.points);
    readings = [...readings.slice(-1), next];
    if (agree) break;
  }
  return readings;
}

async function read({ source, clock, signal, functionName, range }: MetricsRequest): Promise<MetricReading> {
  // The time of the request, not of the answer.
  const readAt = isoTime(clock.now());
  const points = await source.read(functionName, range, signal);
  return { functionName, readAt, from: isoTime(epochMs(range.from)), to: isoTime(epochMs(range.to)), points };
}
