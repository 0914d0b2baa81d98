/**
 * Compares CloudWatch's count of the invocations with the STARTs in the log. Shows whether and after how long the totals agree, and in how
 * many minutes the counts differ.
 */
import { cloudwatchMetricSource } from "../../../../harness/src/adapters/aws/cloudwatch-metric-source.ts";
import { serviceConnection } from "../../../../harness/src/adapters/aws/service-connection.ts";
import { minuteFrom, minuteUpTo } from "../../../../harness/src/record/function-metrics.ts";
import { isoTime, epochMs } from "../../../../harness/src/base/time.ts";
import { linesNow, type Line } from "../log-lines.ts";
import { confirmed, differs, isAsExpected, onAws, type Probe, type ProbeResult } from "../probe.ts";
import { watch } from "../watch.ts";

const POLL_MS = 15_000;
const WITHIN_MS = 900_000;

export const metrics: Probe = onAws("moto counts no invocations.", async (context) => {
  const { region, functionName, signal } = context;
  const source = cloudwatchMetricSource(serviceConnection({ region, endpoint: null }));
  const began = Date.now();
  try {
    const look = async (): Promise<ProbeResult> => {
      // The last lines of the log can also arrive late.
      const log = startsByMinute(await linesNow(context));
      const minutes = [...log.keys()].map((minute) => Date.parse(minute));
      const range = { from: Math.min(...minutes), to: minuteFrom(Math.max(...minutes) + 1) };
      const points = await source.read(functionName, range, signal);
      const { total, other } = compare(
        log,
        new Map(points.map(({ time, invocations }) => [time, invocations ?? 0] as const)),
      );
      const after = Math.round((Date.now() - began) / 1_000);
      return total.log === total.metrics
        ? confirmed(
            `CloudWatch had counted all ${total.log} invocations ${after} s after this probe began. Its count differs from the log's count in ${other === 1 ? "1 minute" : `${other} minutes`}.`,
          )
        : differs(`After ${after} s the log has ${total.log} invocations, CloudWatch ${total.metrics}.`);
    };
    return await watch({ look, enough: isAsExpected, pollMs: POLL_MS, withinMs: WITHIN_MS, signal });
  } finally {
    source.close();
  }
});

/** The keys are the beginnings of the minutes. */
export function startsByMinute(lines: readonly Line[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { platform, time } of lines) {
    if (platform?.type !== "platform.start") continue;
    const minute = isoTime(epochMs(minuteUpTo(time)));
    counts.set(minute, (counts.get(minute) ?? 0) + 1);
  }
  return counts;
}

/** `other` is the number of minutes whose counts differ. */
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
