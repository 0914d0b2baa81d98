/** CloudWatch's own count of the invocations, beside the STARTs in the log: whether they agree, minute by minute, and after how long. */
import { cloudwatchMetricSource } from "../../../../harness/src/adapters/aws/cloudwatch-metric-source.ts";
import { serviceConnection } from "../../../../harness/src/adapters/aws/service-connection.ts";
import { minuteFrom, minuteUpTo } from "../../../../harness/src/domain/function-metrics.ts";
import { isoTime, epochMs } from "../../../../harness/src/units/time.ts";
import { setTimeout as sleep } from "node:timers/promises";
import { linesNow, type Line } from "../log-lines.ts";
import { confirmed, differs, onAws, type Probe } from "../probe.ts";

const POLL_MS = 15_000;
const WITHIN_MS = 900_000;

export const metrics: Probe = onAws("moto counts no invocations.", async (context) => {
  const { region, functionName, signal } = context;
  const logged = startsByMinute(await linesNow(context));
  const source = cloudwatchMetricSource(serviceConnection({ region, endpoint: null }));
  const times = [...logged.keys()].map((minute) => Date.parse(minute));
  const range = { from: Math.min(...times), to: minuteFrom(Math.max(...times) + 1) };
  const last = Date.now();
  try {
    for (;;) {
      const points = await source.read(functionName, range, signal);
      const counted = new Map(points.map(({ time, invocations }) => [time, invocations ?? 0] as const));
      const comparison = compare(logged, counted);
      if (comparison.total.log === comparison.total.metrics)
        return confirmed(
          `${Math.round((Date.now() - last) / 1_000)} s after the last invocation of the other probes CloudWatch had counted all ${comparison.total.log}; ${comparison.other} of ${logged.size} minutes differ.`,
        );
      if (Date.now() - last > WITHIN_MS)
        return differs(
          `The log has ${comparison.total.log} invocations, CloudWatch ${comparison.total.metrics}.`,
        );
      await sleep(POLL_MS, null, { signal });
    }
  } finally {
    source.close();
  }
});

/** The number of STARTs in each minute, by its beginning. Pure. */
export function startsByMinute(lines: readonly Line[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { platform, time } of lines) {
    if (platform?.type !== "platform.start") continue;
    const minute = isoTime(epochMs(minuteUpTo(time)));
    counts.set(minute, (counts.get(minute) ?? 0) + 1);
  }
  return counts;
}

/** `other`: how many minutes have different counts. Pure. */
export function compare(
  log: ReadonlyMap<string, number>,
  metrics: ReadonlyMap<string, number>,
): { readonly total: { readonly log: number; readonly metrics: number }; readonly other: number } {
  const sum = (counts: ReadonlyMap<string, number>): number =>
    [...counts.values()].reduce((total, one) => total + one, 0);
  const minutes = [...new Set([...log.keys(), ...metrics.keys()])];
  return {
    total: { log: sum(log), metrics: sum(metrics) },
    other: minutes.filter((minute) => (log.get(minute) ?? 0) !== (metrics.get(minute) ?? 0)).length,
  };
}
