/** Records what a search or a test does to one function, as evidence in the form of a run directory. */
import type { IsolationKind } from "../words/isolation.ts";
import { JUDGED_DEFAULTS } from "../record/judged-profile.ts";
import type { Evidence } from "../record/evidence.ts";
import type { InvocationOutcome } from "../record/invocation.ts";
import type { JournalEvent, JournalEventBody } from "../record/journal.ts";
import type { Lever } from "../words/lever.ts";
import type { LinkLogRecord } from "../record/link-log.ts";
import type { LogRecord } from "../record/log-record.ts";
import type { Manifest, NamedPeer } from "../record/manifest.ts";
import type { PeerLogRecord, PeerReadyRecord } from "../record/peer-log.ts";
import { DEFAULT_PLACEMENT, type PlanAction, type PlanEntry } from "../record/plan.ts";
import type { AppliedEntry, Plan } from "../record/plan-file.ts";
import type { RanOn } from "../catalogue/runtimes/interpreter-notice.ts";
import type { Clock } from "../run/ports/clock.ts";
import { isoTime } from "../base/time.ts";

export interface RecordedFunction {
  readonly label: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly logGroup: string;
  readonly timeoutMs: number;
  readonly runtime: string;
  readonly program: RanOn;
  readonly admission: string | null;
  /** Null if the peer is not one of ours. */
  readonly capacity: number | null;
  /** Empty if the function has at most one peer. */
  readonly peers: readonly NamedPeer[];
  /** The client names that the peer's other clients use. */
  readonly strangers: readonly string[];
  readonly isolation: IsolationKind;
  readonly toolVersion: string;
}

export class EvidenceRecorder {
  readonly #ready: PeerLogRecord[] = [];
  readonly #clock: Clock;
  readonly #about: RecordedFunction;
  readonly #journal: JournalEvent[] = [];
  readonly #createdAt: string;
  readonly #plan: PlanEntry[] = [];
  readonly #applied: AppliedEntry[] = [];
  readonly #startedAt: number;
  #invocations = 0;

  constructor(clock: Clock, about: RecordedFunction) {
    this.#clock = clock;
    this.#about = about;
    this.#startedAt = clock.now();
    this.#createdAt = isoTime(clock.now());
    const { label, functionArn, logGroup, runtime, timeoutMs } = about;
    this.#write({ event: "run-started", resumed: false });
    this.#write({
      event: "function-ready",
      function: label,
      functionArn,
      logGroup,
      reservedConcurrency: 1,
      runtime,
      timeoutMs,
      lastModified: this.#createdAt,
      codeSha256: null,
      logFormat: "JSON",
      systemLogLevel: "DEBUG",
    });
    this.#write({ event: "drive-started" });
  }

  /** Adds one of our peers. Later, `evidence` must get this peer's complete log. `name` is null if the function has only one peer. */
  peerReady(record: PeerReadyRecord, name: string | null = null): void {
    const { label, admission } = this.#about;
    this.#write({ event: "peer-ready", function: label, host: record.host, port: record.port, admission });
    // A ready record has no connection. Readers recognise the record by its event.
    const own = name === null ? {} : { peer: name };
    this.#ready.push({ connection: null, remote: null, hello: null, ...record, ...own });
  }

  versionPublished(lever: Lever, version: string): void {
    this.#write({ event: "version-published", function: this.#about.label, lever, version });
  }

  /** The lever `update` is about to give the function another description. */
  describes(): void {
    const { label } = this.#about;
    this.#write({
      event: "change-begun",
      function: label,
      lever: "update",
      change: "describe",
      from: "",
      to: "update",
    });
  }

  invocationSent(
    tenant: { readonly tenantId?: string } = {},
  ): (ended: {
    readonly requestId: string | null;
    readonly outcome: InvocationOutcome;
    readonly executedVersion: string | null;
  }) => void {
    const n = this.#invocations;
    this.#invocations += 1;
    const { label } = this.#about;
    const sentAt = this.#clock.monotonic();
    this.#write({
      event: "invocation-sent",
      function: label,
      n,
      dueAt: isoTime(this.#clock.now()),
      lateMs: 0,
      ...tenant,
    });
    return ({ requestId, outcome, executedVersion }) => {
      const durationMs = this.#clock.monotonic() - sentAt;
      this.#write({
        event: "invocation-ended",
        function: label,
        n,
        requestId,
        executedVersion,
        durationMs,
        latencyMs: durationMs,
        ...outcome,
      });
    };
  }

  /** Records a change that a lever makes. */
  changed(body: JournalEventBody): void {
    this.#write(body);
  }

  /** To be called when the action begins. The returned function is to be called when it has ended. */
  platformActs(action: PlanAction): (environments: readonly string[]) => void {
    const entry = this.#plan.length;
    const from = this.#clock.now();
    this.#plan.push({ ...action, offsetMs: from - this.#startedAt });
    return (environments) => {
      const result = environments.length === 0 ? "nothing-to-act-on" : "applied";
      this.#applied.push({
        functionName: this.#about.functionName,
        entry,
        result,
        from: isoTime(from),
        to: isoTime(this.#clock.now()),
        environments,
        detail: null,
      });
    };
  }

  evidence(sources: {
    readonly records: readonly LogRecord[];
    readonly linkLog: readonly LinkLogRecord[] | null;
    readonly peerLog: readonly PeerLogRecord[] | null;
  }): Evidence {
    const { label, functionArn } = this.#about;
    const journal = [...this.#journal];
    const write = (body: JournalEventBody): void =>
      void journal.push(this.#stamped(body, journal.length + 1));
    write({ event: "drive-ended" });
    write({ event: "logs-settled", function: label, settled: true, missingRequestIds: [] });
    write({ event: "run-ended" });
    return {
      manifest: this.#manifest(),
      journal,
      plan: this.#plans(),
      applied: [...this.#applied],
      functions: [
        {
          name: label,
          functionArn,
          records: sources.records,
          linkLog: sources.linkLog,
          unreadable: [],
          peerLog: sources.peerLog === null ? null : [...this.#ready, ...sources.peerLog],
        },
      ],
    };
  }

  #write(body: JournalEventBody): void {
    this.#journal.push(this.#stamped(body, this.#journal.length + 1));
  }

  #stamped(body: JournalEventBody, sequence: number): JournalEvent {
    return { sequence, time: isoTime(this.#clock.now()), monotonicMs: this.#clock.monotonic(), ...body };
  }

  #plans(): Plan {
    const durationMs = Math.max(1, this.#clock.now() - this.#startedAt);
    return {
      schemaVersion: 1,
      profile: "by hand",
      seed: 0,
      durationMs,
      intervalMs: 1_000,
      placement: DEFAULT_PLACEMENT,
      entries: [...this.#plan],
    };
  }

  #manifest(): Manifest {
    const { label, functionName, runtime, program, admission, capacity, peers, strangers, isolation } =
      this.#about;
    const ended = isoTime(this.#clock.now());
    return {
      schemaVersion: 1,
      tool: { name: "lambda-longrun", version: this.#about.toolVersion },
      status: "ended",
      createdAt: this.#createdAt,
      endedAt: ended,
      target: "local",
      endpoint: null,
      region: null,
      isolation,
      node: "",
      platform: "",
      functions: [
        {
          ...{ name: label, functionName, expected: null, code: null, codeSha256: null, runtime },
          ...program,
          ...(peers.length === 0 ? {} : { peers }),
        },
      ],
      profile: {
        durationMs: Math.max(1, Date.parse(ended) - Date.parse(this.#createdAt)),
        intervalMs: 1_000,
        platform: null,
        seed: null,
        admission,
        ...(capacity === null ? {} : { capacity, capacityGiven: true }),
        peerIdleTimeoutMs: null,
        ...{ ...JUDGED_DEFAULTS, settleMs: 0, strangers },
        event: {},
        success: null,
        stopOn: null,
      },
    };
  }
}
