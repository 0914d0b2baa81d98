/**
 * Finds where a killed run is resumed: at the first instant (due time) that no function reached. Missed invocations are not sent later.
 * Events and records are taken one by one, because the events and records of several days do not fit in memory.
 */
import { isEnd, type PlatformRecord } from "../record/ended-environment.ts";
import type { ChangeBegun, JournalEvent } from "../record/journal.ts";
import { noteChange } from "../record/note-change.ts";
import type { LinkLogRecord } from "../record/link-log.ts";
import type { LogRecord } from "../record/log-record.ts";
import type { PeerLogRecord } from "../record/peer-log.ts";
import { count, noCounts, type Counts } from "./recorder.ts";
import { reportedRequestId } from "./request-settlement.ts";
import { epochMs, parseIsoTime, type EpochMs } from "../base/time.ts";

export interface ResumePoint {
  readonly lastSequence: number;
  /**
   * The earliest time of any event. If the clock was set back, this may not be the time of the first event. Null if the journal has no
   * time.
   */
  readonly earliest: EpochMs | null;
  readonly counts: Readonly<Counts>;
  /** The last instant that any function reached. 0 if there is none. */
  readonly lastInstant: number;
  readonly functions: ReadonlyMap<string, FunctionResumePoint>;
  /** The highest number of a connection so far. Connections of the next engine get higher numbers. */
  readonly lastConnection: number;
  /** Null if the run has no engine (AWS), or if an older version of longrun began the run. */
  readonly engine: Extract<JournalEvent, { readonly event: "engine-ready" }> | null;
  readonly endedEnvironments: ReadonlySet<string>;
}

export interface FunctionResumePoint {
  /** Invocations at instants that another function reached and this one did not. */
  readonly missed: readonly { readonly n: number; readonly dueAt: string }[];
  readonly codeSha256: string | null;
  /** What a lever changed or was about to change. */
  readonly changes: readonly ChangeBegun[];
  /** The time up to which the log was read. If the clock was set back later, the time to which it was set back. Null if no log was read. */
  readonly logsThrough: EpochMs | null;
  /**
   * How many log records are in the run directory. `records` has only the records that a later poll may return again, and those with the
   * latest arrival time.
   */
  readonly recordsRead: number;
  readonly records: readonly LogRecord[];
  /** The peer's records that come from a log group. A later poll may return them again. */
  readonly peerRecords: readonly PeerLogRecord[];
  /** Log streams whose environments may have been alive when the run was killed. */
  readonly environments: readonly string[];
  readonly lastLink: LinkLogRecord | null;
  /** The request ids of invocations that must have a REPORT in the log, but whose REPORT has not been read. */
  readonly requestIds: readonly string[];
}

/** Takes the whole journal first, then the records in any order. */
interface ResumeReading {
  journal(event: JournalEvent): void;
  record(label: string, record: LogRecord): void;
  peer(label: string, record: PeerLogRecord): void;
  link(label: string, record: LinkLogRecord): void;
  /** `applied` is what the platform did, as far as it is known. */
  point(applied: readonly PlatformRecord[]): ResumePoint;
}

/** `overlapMs` is how far back the run reads again for late events. `inFlight` is the number of invocations of a function at an instant. */
export function resumeReading(
  labels: readonly string[],
  { overlapMs, inFlight }: { readonly overlapMs: number; readonly inFlight: number },
): ResumeReading {
  const due = new Map<number, string>();
  const functions = new Map(labels.map((label) => [label, new FunctionReading(overlapMs)]));
  const counts = noCounts();
  let lastSequence = 0;
  let earliest: EpochMs | null = null;
  let lastConnection = 0;
  let engine: ResumePoint["engine"] = null;
  return {
    journal: (event) => {
      lastSequence = Math.max(lastSequence, event.sequence);
      count(counts, event);
      if (event.event === "engine-ready") engine = event;
      if (event.event === "invocation-sent" || event.event === "invocation-skipped")
        due.set(Math.ceil(event.n / inFlight), event.dueAt);
      if ("function" in event && event.function !== null) functions.get(event.function)?.journal(event);
      const time = parseIsoTime(event.time);
      if (time === null) return;
      earliest = epochMs(Math.min(time, earliest ?? time));
      for (const reading of functions.values()) reading.passed(time);
    },
    record: (label, record) => functions.get(label)?.record(record),
    peer: (label, record) => functions.get(label)?.peer(record),
    link: (label, record) => {
      lastConnection = Math.max(lastConnection, record.connection);
      functions.get(label)?.link(record);
    },
    point: (applied) => {
      const instants = [...due].sort(([one], [other]) => one - other);
      const planned = instants.flatMap(([instant, dueAt]) =>
        Array.from({ length: inFlight }, (_, lane) => [(instant - 1) * inFlight + lane + 1, dueAt] as const),
      );
      return {
        lastSequence,
        earliest,
        counts,
        lastInstant: instants.at(-1)?.[0] ?? 0,
        functions: new Map([...functions].map(([label, reading]) => [label, reading.point(planned)])),
        lastConnection,
        engine,
        endedEnvironments: new Set(applied.filter(isEnd).map(({ environment }) => environment)),
      };
    },
  };
}

class FunctionReading {
  readonly #overlapMs: number;
  readonly #met = new Set<number>();
  readonly #open = new Set<string>();
  readonly #environments = new Set<string>();
  readonly #records: LogRecord[] = [];
  /**
   * Records from before the overlap that have the latest arrival time. After the clock was set back, all records get this one arrival time
   * until the clock has caught up.
   */
  #lastArrived: LogRecord[] = [];
  #lastArrival = -Infinity;
  readonly #peerRecords: PeerLogRecord[] = [];
  #codeSha256: string | null = null;
  readonly #changes: ChangeBegun[] = [];
  #logsThrough: EpochMs | null = null;
  #recordsRead = 0;
  #lastLink: LinkLogRecord | null = null;

  constructor(overlapMs: number) {
    this.#overlapMs = overlapMs;
  }

  journal(event: JournalEvent): void {
    if (event.event === "function-ready") this.#codeSha256 = event.codeSha256;
    noteChange(this.#changes, event);
    if (event.event === "logs-read") this.#logsThrough = parseIsoTime(event.through);
    if (event.event === "invocation-sent" || event.event === "invocation-skipped") this.#met.add(event.n);
    const leftALog =
      event.event === "invocation-ended" &&
      (event.outcome === "succeeded" || event.outcome === "function-error");
    if (leftALog && event.requestId !== null) this.#open.add(event.requestId);
  }

  /**
   * Gets the time of each journal event. If this time is before `logsThrough`, moves `logsThrough` back to it, because log events that are
   * written later may have a time from there on. This happens if the clock was set back, or if AWS's clock is a little ahead.
   */
  passed(time: EpochMs): void {
    if (this.#logsThrough !== null && time < this.#logsThrough) this.#logsThrough = time;
  }

  record(record: LogRecord): void {
    this.#recordsRead += 1;
    this.#environments.add(record.logStreamName);
    const requestId = reportedRequestId(record);
    if (requestId !== null) this.#open.delete(requestId);
    // The records of several days do not fit in memory.
    const from = this.#logsThrough === null ? -Infinity : this.#logsThrough - this.#overlapMs;
    if (record.timestamp >= from) this.#records.push(record);
    const arrival = record.ingestionTime ?? -Infinity;
    if (arrival > this.#lastArrival) {
      this.#lastArrival = arrival;
      this.#lastArrived = [];
    }
    if (record.timestamp < from && record.ingestionTime === this.#lastArrival) this.#lastArrived.push(record);
  }

  peer(record: PeerLogRecord): void {
    // Only records from a log group have an id and are read again.
    if (record.eventId !== undefined) this.#peerRecords.push(record);
  }

  link(record: LinkLogRecord): void {
    this.#lastLink = record;
  }

  point(planned: readonly (readonly [number, string])[]): FunctionResumePoint {
    return {
      missed: planned.filter(([n]) => !this.#met.has(n)).map(([n, dueAt]) => ({ n, dueAt })),
      codeSha256: this.#codeSha256,
      changes: this.#changes,
      // Records after `logsThrough` are read again and recognised by their ids.
      logsThrough: this.#logsThrough === null ? null : epochMs(this.#logsThrough),
      recordsRead: this.#recordsRead,
      records: [...this.#records, ...this.#lastArrived],
      peerRecords: this.#peerRecords,
      environments: [...this.#environments],
      lastLink: this.#lastLink,
      requestIds: [...this.#open],
    };
  }
}
