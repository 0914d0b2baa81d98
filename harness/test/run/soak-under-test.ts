/** Runs a soak whose ports are in memory: prepared answers of Lambda, a log that these answers fill, and a run directory in arrays. */
import { Readable } from "node:stream";
import type { PlatformRecord } from "../../src/record/ended-environment.ts";
import type { MetricReading } from "../../src/record/function-metrics.ts";
import type { JournalEvent } from "../../src/record/journal.ts";
import type { InvocationOutcome } from "../../src/record/invocation.ts";
import type { SignedOut } from "../../src/words/signed-out.ts";
import type { LogRecord } from "../../src/record/log-record.ts";
import type { Manifest } from "../../src/record/manifest.ts";
import type { EngineControl } from "../../src/run/ports/engine-control.ts";
import type { JudgedRun, LiveJudgement } from "../../src/run/ports/judge.ts";
import type { MetricSource } from "../../src/run/ports/metric-source.ts";
import type { DriveProgress } from "../../src/run/ports/progress.ts";
import type { RunStore } from "../../src/run/ports/run-store.ts";
import { settingsOfRun, type SoakInput, type SoakPorts } from "../../src/run/soak-input.ts";
import { runSoak } from "../../src/run/run-soak.ts";
import type { SoakEnd } from "../../src/run/soak-end.ts";
import { stop as makeStop, type Stop } from "../../src/run/stop.ts";
import type { FunctionChanges } from "../../src/run/ports/function-changes.ts";
import type { FunctionKind } from "../../src/words/function-kinds.ts";
import { problemSentence } from "../../src/report/wording/evidence-problem-sentences.ts";
import { noticeSentence } from "../../src/report/wording/notice-sentence.ts";
import { resolveSoak } from "../../src/cli/soak/resolve-soak.ts";
import { durationMs, isoTime } from "../../src/base/time.ts";
import { manifestOf } from "../support/manifest-fixture.ts";
import { VirtualClock } from "./virtual-clock.ts";

export const JUDGED: JudgedRun = { exitCode: 0, text: "passed" };

export interface Script {
  /**
   * If this is set, the soak starts no engine: it uses a service that ran before the soak. These are the log events that the service already
   * has.
   */
  readonly attached?: readonly LogRecord[];
  readonly kinds?: readonly FunctionKind[];
  /** When the function was last modified. */
  readonly lastModified?: string;
  readonly input?: Partial<SoakInput>;
  readonly labels?: readonly string[];
  /** The answer to the n-th call of a function, and its delay. */
  answer?(n: number): {
    readonly after?: number;
    readonly outcome?: InvocationOutcome;
    readonly reportAfter?: number | null;
    readonly signedOut?: SignedOut;
  };
  live?(): LiveJudgement | null;
  /** How long each judgement during the run takes. */
  readonly judgingMs?: number;
  /** Called when an event is written to the journal. */
  onEvent?(
    event: JournalEvent,
    controls: {
      readonly stop: Stop;
      readonly endEngine: (lastWords: string) => void;
      readonly fillDisk: () => void;
      readonly changeClock: (byMs: number) => void;
    },
  ): void;
  reservedConcurrency?(asked: number): number | null;
  startEngine?(): Promise<void>;
  /** Removes the function from an engine at an endpoint. */
  remove?(): Promise<void>;
  readonly changes?: FunctionChanges;
  /** Called for each reading of a log. It may throw. `until` is null if the log is read to its end. */
  readLog?(logGroup: string, from: number, until: number | null): void;
  /** The control API of the engine. If it is absent, there is none. */
  readonly control?: EngineControl;
  /** CloudWatch's answers. If it is absent, there is no CloudWatch. */
  metrics?(clock: VirtualClock): MetricSource["read"];
}

export interface Outcome {
  readonly end: SoakEnd | null;
  readonly error: unknown;
  readonly journal: readonly JournalEvent[];
  readonly manifests: readonly Manifest[];
  readonly logs: readonly LogRecord[];
  readonly applied: readonly PlatformRecord[];
  readonly metrics: readonly MetricReading[];
  readonly closed: readonly string[];
  readonly rendered: boolean;
  readonly discarded: boolean;
  readonly said: readonly string[];
  readonly shown: readonly DriveProgress[];
}

export async function soakUnderTest(script: Script): Promise<Outcome> {
  const clock = new VirtualClock();
  const stop = makeStop();
  const journal: JournalEvent[] = [];
  const manifests: Manifest[] = [];
  const logs: LogRecord[] = [];
  const applied: PlatformRecord[] = [];
  const metrics: MetricReading[] = [];
  const closed: string[] = [];
  const said: string[] = [];
  const shown: DriveProgress[] = [];
  const flags = { rendered: false, discarded: false };
  let endEngine: (lastWords: string) => void = () => undefined;
  let fillDisk = (): void => undefined;
  const labels = script.labels ?? ["one"];

  const close = (what: string) => (): Promise<void> => {
    closed.push(what);
    return Promise.resolve();
  };
  const store: RunStore = {
    folder: "/run",
    appendJournal: (event) => {
      journal.push(event);
      script.onEvent?.(event, { stop, endEngine, fillDisk, changeClock: clock.change });
    },
    appendLogs: (_label, records) => logs.push(...records),
    appendPeer: () => undefined,
    appendLinks: () => undefined,
    appendMetrics: (_label, readings) => metrics.push(...readings),
    appendApplied: (records) => applied.push(...records),
    writeManifest: (manifest) => manifests.push(manifest),
    makeRoom: () => undefined,
    onDiskFull: (listener) => {
      fillDisk = listener;
    },
    close: () => closed.push("store"),
    discard: () => {
      flags.discarded = true;
    },
  };
  store.onDiskFull(() => stop.requestDrain("disk-full"));
  const ports: SoakPorts = {
    clock,
    store,
    stop,
    engine:
      script.attached !== undefined
        ? null
        : {
            start: async () => {
              await script.startEngine?.();
              const ended = new Promise<string>((resolve) => {
                endEngine = resolve;
              });
              return { endpoint: "http://127.0.0.1:1", isolation: "none", ended, close: close("engine") };
            },
          },
    connect: () => fakeService(script, clock, closed),
    peers: { start: () => Promise.resolve({ host: "127.0.0.1", port: 7_000, close: close("peer") }) },
    judge: {
      live: async () => {
        await clock.sleep(script.judgingMs ?? 0);
        return script.live?.() ?? null;
      },
      seal: () => {
        flags.rendered = true;
        return Promise.resolve(JUDGED);
      },
      close: close("judge"),
    },
    progress: {
      say: (sentence) => said.push(sentence),
      sayProblem: (problem) => said.push(problemSentence(problem)),
      sayNotice: (notice) => said.push(noticeSentence(notice)),
      drive: (state) => shown.push(state),
      settle: () => undefined,
    },
    serverLogs: null,
    metrics: null,
  };
  const input = inputOf(labels, script.input ?? {});
  const work = runSoak(input, ports).then(
    (end) => ({ end, error: null }),
    (error: unknown) => ({ end: null, error }),
  );
  return {
    ...(await clock.run(work)),
    journal,
    manifests,
    logs,
    applied,
    metrics,
    closed,
    said,
    shown,
    ...flags,
  };
}

const { settings: DEFAULTS } = resolveSoak(
  { function: [{ label: "handler-connect", name: "handler-connect" }] },
  {},
  "eu-central-1",
);

function inputOf(labels: readonly string[], over: Partial<SoakInput>): SoakInput {
  return {
    name: "20261125T010000Z-7",
    manifest: manifestOf({
      functions: labels.map((name) => ({
        name,
        functionName: name,
        expected: null,
        code: null,
        codeSha256: null,
      })),
    }),
    plan: null,
    resume: null,
    functions: labels.map((label) => ({
      label,
      functionName: label,
      deployment: {
        zip: new Uint8Array(),
        handler: "handler.handler",
        runtime: "nodejs22.x",
        memoryMb: 256,
        timeoutMs: 10_000,
        environment: {},
      },
    })),
    ...settingsOfRun(DEFAULTS),
    payload: new Uint8Array(),
    success: null,
    duration: durationMs(5_000),
    stopOnHarm: false,
    ownPeers: { admission: "refuse", capacity: 1, idleTimeout: durationMs(20_000) },
    peerAddress: null,
    links: [{ place: { hostVariable: "PEER_HOST", portVariable: "PEER_PORT" }, peer: null }],
    pollInterval: durationMs(1_000),
    logOverlap: durationMs(2_000),
    ...over,
  };
}

function fakeService(
  script: Script,
  clock: VirtualClock,
  closed: string[],
): ReturnType<SoakPorts["connect"]> {
  const records = (script.attached ?? []).map((record) => ({ readableAt: 0, record }));
  const calls = new Map<string, number>();
  let asked = 0;
  return {
    driver: {
      look: (functionName) =>
        Promise.resolve({
          functionArn: `arn:aws:lambda:us-east-1:123456789012:function:${functionName}`,
          logGroup: `/aws/lambda/${functionName}`,
          runtime: "nodejs22.x",
          timeoutMs: 10_000,
          // The engine of the soak creates the function now. In the attached service, the function was created again: its date (02:00) is
          // later than the events of its log.
          lastModified:
            script.lastModified ??
            (script.attached === undefined ? isoTime(clock.now()) : "2026-11-25T02:00:00.000Z"),
          codeSha256: "sha",
          logFormat: "JSON",
          systemLogLevel: "DEBUG",
          ...(script.kinds === undefined ? {} : { kinds: script.kinds }),
        }),
      reservedConcurrency: () => {
        asked += 1;
        return Promise.resolve(
          script.reservedConcurrency === undefined ? 1 : script.reservedConcurrency(asked),
        );
      },
      invoke: async (functionName, _request, signal) => {
        const call = (calls.get(functionName) ?? 0) + 1;
        calls.set(functionName, call);
        const {
          after = 10,
          outcome = { outcome: "succeeded" as const },
          reportAfter = 100,
          signedOut,
        } = script.answer?.(call) ?? {};
        await clock.sleep(after, signal);
        if (signal.aborted)
          return {
            outcome: { outcome: "unknown", errorMessage: "aborted" },
            requestId: null,
            executedVersion: null,
            payload: null,
          };
        const requestId = `${functionName}-${call}`;
        if (reportAfter !== null) {
          const message = JSON.stringify({
            type: "platform.report",
            record: { requestId, status: "success", metrics: { durationMs: 3, memorySizeMB: 128 } },
          });
          const record = {
            logGroup: `/aws/lambda/${functionName}`,
            logStreamName: "s",
            timestamp: clock.now(),
            message,
            ingestionTime: null,
            eventId: requestId,
          };
          records.push({ readableAt: clock.monotonic() + reportAfter, record });
        }
        if (signedOut !== undefined)
          return { outcome, requestId: null, executedVersion: null, payload: null, signedOut };
        return { outcome, requestId, executedVersion: "$LATEST", payload: { ok: true } };
      },
      close: () => closed.push("driver"),
    },
    changes: script.changes ?? ({ close: () => undefined } as FunctionChanges),
    deployer: { deploy: () => Promise.resolve(), remove: () => script.remove?.() ?? Promise.resolve() },
    logs: {
      read: (logGroup, from, _signal, { until } = {}) => {
        script.readLog?.(logGroup, from, until ?? null);
        const readable = records.filter(
          (one) =>
            one.readableAt <= clock.monotonic() &&
            one.record.timestamp >= from &&
            one.record.logGroup === logGroup,
        );
        return Readable.from([readable.map(({ record }) => record)]) as AsyncIterable<readonly LogRecord[]>;
      },
      close: () => closed.push("logs"),
    },
    metrics: script.metrics === undefined ? null : { read: script.metrics(clock), close: () => undefined },
    control: script.control ?? null,
  };
}

/** Returns the journal without times, as one short text for each event. */
export function eventTexts(journal: readonly JournalEvent[]): readonly string[] {
  return journal.map((event) => {
    if (event.event === "invocation-ended") return `${event.function} ${event.n} ${event.outcome}`;
    if (event.event === "invocation-skipped") return `${event.function} ${event.n} skipped`;
    if (event.event === "invocation-sent") return `${event.function} ${event.n} sent`;
    if (event.event === "stop-requested") return `stop: ${event.reason}`;
    if (event.event === "logs-settled")
      return `${event.function} settled ${String(event.settled)}, missing ${event.missingRequestIds.length}`;
    if (event.event === "evidence-problem")
      return `problem: ${event.function ?? "run"} ${event.code} ${JSON.stringify(event.parameters)}`;
    return event.event;
  });
}
