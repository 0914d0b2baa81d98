/**
 * Makes logs of a custom runtime, which can hide a failure, and CloudWatch's counts of the same invocations. CloudWatch counts each
 * invocation in the minute of its START or, within 5 s of the edge of a minute, in the neighbouring minute.
 */
import type { MetricReading } from "../../../src/record/function-metrics.ts";
import type { Evidence } from "../../../src/record/evidence.ts";
import type { LogRecord } from "../../../src/record/log-record.ts";
import { epochMs, isoTime } from "../../../src/base/time.ts";

export const BEGIN = Date.parse("2026-11-25T10:00:00.000Z");
export const MINUTE = 60_000;
export const iso = (time: number): string => isoTime(epochMs(time));

export interface Metered {
  readonly environment: number;
  readonly start: number;
  readonly durationMs: number;
  /** `shown`: the platform's REPORT shows the failure. `hidden`: only the metric does. */
  readonly fails: "no" | "shown" | "hidden";
  /** The difference between CloudWatch's time of the invocation and the log's time of it. */
  readonly jitterMs: number;
}

const streamOf = (environment: number): string =>
  `2026/11/25/[$LATEST]${String(environment).padStart(32, "0")}`;

export function recordsOf(invocations: readonly Metered[]): readonly LogRecord[] {
  const records: LogRecord[] = [];
  const write = (environment: number, timestamp: number, message: string): void => {
    const eventId = String(records.length);
    const logStreamName = streamOf(environment);
    const logGroup = "/aws/lambda/own";
    records.push({ logGroup, logStreamName, timestamp, ingestionTime: timestamp, eventId, message });
  };
  const seen = new Set<number>();
  for (const [index, { environment, start, durationMs, fails }] of invocations.entries()) {
    const id = `00000000-0000-4000-8000-${String(index).padStart(12, "0")}`;
    if (!seen.has(environment))
      write(environment, start - 200, "INIT_START Runtime Version: provided:al2023.v16\n");
    seen.add(environment);
    write(environment, start, `START RequestId: ${id} Version: $LATEST\n`);
    write(environment, start + durationMs, `END RequestId: ${id}\n`);
    const report = `REPORT RequestId: ${id}\tDuration: ${durationMs}.00 ms\tBilled Duration: ${durationMs} ms\tMemory Size: 128 MB\tMax Memory Used: 30 MB\t`;
    const status = fails === "shown" ? "Status: error\tError Type: Runtime.ExitError" : "";
    write(environment, start + durationMs, `${report}${status}\n`);
  }
  return records;
}

export function readingOf(
  invocations: readonly Metered[],
  range: Pick<MetricReading, "readAt" | "from" | "to">,
): MetricReading {
  const minutes = new Map<number, { invocations: number; errors: number }>();
  for (const { start, jitterMs, fails } of invocations) {
    const minute = Math.floor((start + jitterMs) / MINUTE) * MINUTE;
    const sums = minutes.get(minute) ?? { invocations: 0, errors: 0 };
    minutes.set(minute, {
      invocations: sums.invocations + 1,
      errors: sums.errors + (fails === "no" ? 0 : 1),
    });
  }
  const points = [...minutes]
    .sort(([a], [b]) => a - b)
    // CloudWatch leaves out values that are 0.
    .map(([time, sums]) => ({
      time: iso(time),
      invocations: sums.invocations,
      errors: sums.errors === 0 ? null : sums.errors,
    }));
  return { functionName: "own", ...range, points };
}

export function meteredEvidence(records: readonly LogRecord[], readings: readonly MetricReading[]): Evidence {
  const functions = [
    {
      name: "own",
      functionArn: null,
      records,
      peerLog: null,
      linkLog: null,
      metrics: { readings, loggedFrom: null, loggedTo: null },
      unreadable: [],
    },
  ];
  return { manifest: null, journal: null, plan: null, applied: null, functions };
}

/**
 * Adds two equal readings in which CloudWatch counted each START of the log, because a single reading with `readAt` proves nothing.
 * `more` is how many more invocations and errors CloudWatch counted in the minute of the first START.
 */
export function withCounts(
  evidence: Evidence,
  more: { readonly invocations?: number; readonly errors?: number } = {},
): Evidence {
  const functions = evidence.functions.map((one) => {
    const starts = one.records
      .filter(({ message }) => /"platform\.start"|^START /.test(message))
      .map(({ timestamp }) => Math.floor(timestamp / MINUTE) * MINUTE);
    const first = Math.min(...starts);
    const points = [...new Set(starts)].map((time) => ({
      time: iso(time),
      invocations:
        starts.filter((start) => start === time).length + (time === first ? (more.invocations ?? 0) : 0),
      errors: time === first ? (more.errors ?? 0) : null,
    }));
    const range = {
      from: iso(first - 2 * MINUTE),
      to: iso(first + 60 * MINUTE),
      readAt: iso(first + 120 * MINUTE),
    };
    const reading = { functionName: one.name, ...range, points };
    return { ...one, metrics: { readings: [reading, reading], loggedFrom: null, loggedTo: null } };
  });
  return { ...evidence, functions };
}
