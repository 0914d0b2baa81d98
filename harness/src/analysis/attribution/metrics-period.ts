/**
 * Decides whether the sums in a metrics file are over periods longer than a minute. They are if a sum also counts invocations that,
 * according to the log, began after the first minute of its period.
 */
import { METRIC_PERIOD_MS, type MetricPoint } from "../../record/function-metrics.ts";
import { parseIsoTime, type EpochMs } from "../../base/time.ts";

/** 5 minutes, 15 minutes, an hour and a day. */
const LONGER_MS = [300_000, 900_000, 3_600_000, 86_400_000];

/** `starts` gives the start of every invocation in the log. It is called only if all times of the points fit a longer period. */
export function periodIsLonger(points: readonly MetricPoint[], starts: () => Iterable<EpochMs>): boolean {
  const counted = points.map(({ time, invocations }) => ({ at: parseIsoTime(time) ?? 0, invocations }));
  return LONGER_MS.some((period) => {
    if (counted.length === 0 || counted.some(({ at }) => at % period !== 0)) return false;
    const [inPeriod, inMinute] = [countsBy(period, starts()), countsBy(METRIC_PERIOD_MS, starts())];
    return counted.some(({ at, invocations }) => {
      const whole = inPeriod.get(at) ?? 0;
      return invocations === whole && whole > (inMinute.get(at) ?? 0);
    });
  });
}

/** The key is the beginning of the period. */
function countsBy(period: number, times: Iterable<EpochMs>): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const time of times) {
    const begin = Math.floor(time / period) * period;
    counts.set(begin, (counts.get(begin) ?? 0) + 1);
  }
  return counts;
}
