/**
 * Makes logs of a function in the form of `aws logs filter-log-events`, one event per line: platform records, lifecycle lines and
 * application lines. `node --import tsx harness/bench/synthetic-logs.ts EVENTS` writes them to standard output.
 */
import { once } from "node:events";
import { pathToFileURL } from "node:url";

export interface SyntheticLogs {
  readonly events: number;
  readonly invocationsPerEnvironment: number;
  /** The number of application lines of each invocation. */
  readonly applicationLines: number;
  /** True: two environments live at the same time, and their lines are interleaved. False: one environment lives after the other. */
  readonly overlapping: boolean;
  readonly lifecycleLines: boolean;
}

export const TYPICAL: SyntheticLogs = {
  events: 100_000,
  invocationsPerEnvironment: 2_000,
  applicationLines: 10,
  overlapping: true,
  lifecycleLines: true,
};

const PIECE_BYTES = 1 << 18;
const START = Date.parse("2026-11-24T00:00:00.000Z");
const FILLER = "the order was taken from the queue and handed to the gateway; ".repeat(3);

export function* syntheticLogs(options: SyntheticLogs): Generator<Buffer> {
  let piece: string[] = [];
  let bytes = 0;
  for (const line of lines(options)) {
    piece.push(line);
    bytes += line.length;
    if (bytes < PIECE_BYTES) continue;
    yield Buffer.from(piece.join(""));
    piece = [];
    bytes = 0;
  }
  if (bytes > 0) yield Buffer.from(piece.join(""));
}

function* lines(options: SyntheticLogs): Generator<string> {
  let written = 0;
  let now = START;
  let environments = 0;
  let requests = 0;
  const alive: { readonly stream: string; readonly boot: string; sequence: number; left: number }[] = [];
  const event = (stream: string, message: string): string => {
    written += 1;
    return `${JSON.stringify({ logStreamName: stream, timestamp: now, message, ingestionTime: now + 400, eventId: `39${String(now)}${String(written).padStart(41, "0")}` })}\n`;
  };
  const platform = (type: string, record: object): string =>
    JSON.stringify({ time: iso(now), type: `platform.${type}`, record });
  while (written < options.events) {
    while (alive.length < (options.overlapping ? 2 : 1)) {
      environments += 1;
      const hex = environments.toString(16);
      const one = {
        stream: `2026/11/24/[$LATEST]${hex.padStart(32, "0")}`,
        boot: `boot-${hex}`,
        sequence: 0,
        // The first environment lives longer, so that two overlapping environments never end at the same time.
        left:
          options.invocationsPerEnvironment +
          (environments === 1 ? options.invocationsPerEnvironment / 2 : 0),
      };
      alive.push(one);
      yield event(
        one.stream,
        platform("initStart", {
          initializationType: "on-demand",
          phase: "init",
          runtimeVersion: "nodejs:22.v50",
          functionName: "synthetic",
          functionVersion: "$LATEST",
        }),
      );
      now += 20;
      if (options.lifecycleLines) yield event(one.stream, lifecycle(one, now, "boot", "init", null, {}));
      now += 100;
      yield event(
        one.stream,
        platform("initReport", {
          initializationType: "on-demand",
          phase: "init",
          status: "success",
          metrics: { durationMs: 120.25 },
        }),
      );
      now += 500;
    }
    for (const one of alive) {
      requests += 1;
      const requestId = `00000000-0000-4000-8000-${requests.toString(16).padStart(12, "0")}`;
      yield event(one.stream, platform("start", { requestId, version: "$LATEST" }));
      now += 1;
      if (options.lifecycleLines)
        yield event(one.stream, lifecycle(one, now, "invoke", "invoke", requestId, {}));
      now += 2;
      if (options.lifecycleLines)
        yield event(
          one.stream,
          lifecycle(one, now, "connect", "invoke", requestId, {
            peer: "10.0.9.9:7000",
            outcome: "accepted",
            connection: requests,
          }),
        );
      for (let index = 0; index < options.applicationLines; index += 1) {
        now += 1;
        yield event(
          one.stream,
          `{"timestamp":"${iso(now)}","level":"INFO","requestId":"${requestId}","message":"step ${index}: ${FILLER}"}`,
        );
      }
      now += 1;
      if (options.lifecycleLines)
        yield event(
          one.stream,
          lifecycle(one, now, "disconnect", "invoke", requestId, { connection: requests }),
        );
      now += 1;
      yield event(
        one.stream,
        platform("runtimeDone", {
          requestId,
          status: "success",
          metrics: { durationMs: 15.5, producedBytes: 40 },
        }),
      );
      yield event(
        one.stream,
        platform("report", {
          requestId,
          status: "success",
          metrics: { durationMs: 15.5, billedDurationMs: 16, memorySizeMB: 128, maxMemoryUsedMB: 71 },
        }),
      );
      now += 1_000;
      one.left -= 1;
    }
    const over = alive.findIndex(({ left }) => left <= 0);
    if (over !== -1) alive.splice(over, 1);
  }
}

function lifecycle(
  one: { readonly boot: string; sequence: number },
  now: number,
  event: string,
  phase: string,
  requestId: string | null,
  more: object,
): string {
  one.sequence += 1;
  return JSON.stringify({
    longrun: 1,
    time: iso(now),
    event,
    bootId: one.boot,
    phase,
    requestId,
    sequence: one.sequence,
    ...more,
  });
}

function iso(time: number): string {
  return new Date(time).toISOString();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  for (const piece of syntheticLogs({ ...TYPICAL, events: Number(process.argv[2] ?? TYPICAL.events) })) {
    if (!process.stdout.write(piece)) await once(process.stdout, "drain");
  }
}
