/**
 * Finds the point at which a killed run is resumed. Pure: it takes the events and records of the run one by one, because the records of a
 * run of several days do not fit in memory. The schedule continues with the first instant that no function reached. Invocations that were
 * missed while the run was down are not sent later.
 */
import { isEnd, type PlatformRecord } from "../domain/ended-environment.ts";
import type { JournalEvent } from "../domain/journal.ts";
import type { LinkLogRecord } from "../domain/link-log.ts";
import type { LogRecord } from "../domain/log-record.ts";
import type { PeerLogRecord } from "../domain/peer-log.ts";
import { count, noCounts, type Counts } from "./recorder.ts";
import { reportedRequestId } from "./request-settlement.ts";
import { epochMs, parseIsoTime, type EpochMs } from "../units/time.ts";

export interface ResumePoint {
  readonly lastSequence: number;
  /** The earliest time in the journal. It is not the time of the first event if the clock was set back. Null if the journal has no time. */
  readonly earliest: EpochMs | null;
  /** Counts of the whole run, as its progress shows them. */
  readonly counts: Readonly<Counts>;
  /** The last instant that any function reached. 0 if there is none. */
  readonly lastInstant: number;
  readonly functions: ReadonlyMap<string, FunctionResumePoint>;
  /** The highest connection number so far. The connections of the next engine get higher numbers. */
  readonly lastConnection: number;
  /** The engine of the run so far. Null if it is not known, because an older version began the run, or if there is none (AWS). */
  readonly engine: Extract<JournalEvent, { readonly event: "engine-ready" }> | null;
  /** The environments whose ends are known. */
  readonly endedEnvironments: ReadonlySet<string>;
}

export interface FunctionResumePoint {
  /** The invocations of this function at instants that another function reached and this function did not, with their due times. */
  readonly missed: readonly { readonly n: number; readonly dueAt: string }[];
  /** Hash of the code that the function ran; null if it is not known. */
  readonly codeSha256: string | null;
  /**
   * The time up to which the function's log was read; null if it was not read. If the clock was set back since, the time to which it was set
   * back.
   */
  readonly logsThrough: EpochMs | null;
  /**
   * How many log records are in the run directory. `records` has the ones that may be returned again when reading continues from
   * `logsThrough`, and the ones that arrived last.
   */
  readonly recordsRead: number;
  readonly records: readonly LogRecord[];
  /** The records of the peer's log, if it came from a log group: a later poll may return them again. */
  readonly peerRecords: readonly PeerLogRecord[];
  /** The log streams that were read. Their environments may have been alive when the run was killed. */
  readonly environments: readonly string[];
  /** The last link record of the function. Null if there is none. */
  readonly lastLink: LinkLogRecord | null;
  /** Ids of invocations that left a log whose report has not been read. */
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

/**
 * Returns a reader that has read nothing yet. `overlapMs` is how far back the run reads again, for events that arrive late. `inFlight` is how many
 * invocations of a function an instant has.
 */
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
   * Older records that arrived at the same time as the last record. After the clock was set back, all records have one arrival time until the clock
   * has caught up.
   */
  #lastArrived: LogRecord[] = [];
  #lastArrival = -Infinity;
  readonly #peerRecords: PeerLogRecord[] = [];
  #codeSha256: string | null = null;
  #logsThrough: EpochMs | null = null;
  #recordsRead = 0;
  #lastLink: LinkLogRecord | null = null;

  constructor(overlapMs: number) {
    this.#overlapMs = overlapMs;
  }

  journal(event: JournalEvent): void {
    if (event.event === "function-ready") this.#codeSha256 = event.codeSha256;
    if (event.event === "logs-read") this.#logsThrough = parseIsoTime(event.through);
    if (event.event === "invocation-sent" || event.event === "invocation-skipped") this.#met.add(event.n);
    const leftALog =
      event.event === "invocation-ended" &&
      (event.outcome === "succeeded" || event.outcome === "function-error");
    if (leftALog && event.requestId !== null) this.#open.add(event.requestId);
  }

  /**
   * Moves `logsThrough` back to the time of a journal event that is earlier, because later log events may have the same time. Such an event exists
   * if the clock was set back, or if AWS's clock is a little ahead.
   */
  passed(time: EpochMs): void {
    if (this.#logsThrough !== null && time < this.#logsThrough) this.#logsThrough = time;
  }

  record(record: LogRecord): void {
    this.#recordsRead += 1;
    this.#environments.add(record.logStreamName);
    const requestId = reportedRequestId(record);
    if (requestId !== null) this.#open.delete(requestId);
    // Older records are not kept, because the records of a run of several days do not fit in memory.
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
    // Only records from a log group have an id, and only such records are read again.
    if (record.eventId !== undefined) this.#peerRecords.push(record);
  }

  link(record: LinkLogRecord): void {
    this.#lastLink = record;
  }

  point(planned: readonly (readonly [number, string])[]): FunctionResumePoint {
    return {
      missed: planned.filter(([n]) => !this.#met.has(n)).map(([n, dueAt]) => ({ n, dueAt })),
      codeSha256: this.#codeSha256,
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
