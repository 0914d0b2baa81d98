/**
 * What was read of log streams, a row for each record that matters by itself and for each invocation that ended; all of it in temporary
 * files, so that an input of any length takes a few pages of memory. Rows of one stream stand in the order of its records, and each
 * knows the one before it.
 */
import type { LogRecord } from "../domain/log-record.ts";
import { compareRecords } from "../domain/record-order.ts";
import type { WatchedInvocation } from "./invocation-watch.ts";
import { textKey } from "../adapters/storage/text-key.ts";
import { RowFile } from "../adapters/storage/row-file.ts";
import { SpillFile } from "../adapters/storage/spill-file.ts";

export const ROW = {
  /** One record, of no quiet invocation. */
  loose: 0,
  /** An invocation that is not quiet; its records are loose. */
  odd: 1,
  served: 2,
  unseen: 3,
} as const;
export type RowKind = (typeof ROW)[keyof typeof ROW];

/** A record and its place in the order in which everything was read. */
export interface OrderedRecord {
  readonly record: LogRecord;
  readonly order: number;
  /** By the function's own clock, where a line of its own says so. */
  readonly time: number;
}

/** The order in which records of one stream were written; where nothing tells, that in which they were read. */
export function compareOrdered(a: OrderedRecord, b: OrderedRecord): number {
  const written = compareRecords(a.record, b.record);
  return written === 0 ? a.order - b.order : written;
}

/** Its log stream, by number, and the row of it that was added last; -1: none. */
export interface RowPlace {
  readonly stream: number;
  readonly previous: number;
}

export type StreamName = Pick<LogRecord, "logGroup" | "logStreamName">;
type Stored = readonly [order: number, number, string, number | null, string | null];

const AT = {
  start: 0,
  end: 8,
  connectedAt: 16,
  durationMs: 24,
  from: 32,
  bytes: 40,
  stream: 44,
  previous: 48,
  boot: 52,
  lines: 56,
  kind: 57,
  acceptedBefore: 60,
  requestKey: 64,
  attemptsBefore: 72,
} as const;
const ROW_BYTES = 80;

const NO_INVOCATION = {
  durationMs: null,
  lines: 0,
  bootId: null,
  requestId: "",
  acceptedBefore: 0,
  attemptsBefore: 0,
} as const;

export class RecordStore {
  readonly #rows = new RowFile(ROW_BYTES);
  readonly #texts = new SpillFile();
  readonly #boots: (string | null)[] = [null];
  readonly #bootNumbers = new Map<string | null, number>([[null, 0]]);
  #streams = 0;

  get length(): number {
    return this.#rows.length;
  }

  get streams(): number {
    return this.#streams;
  }

  /** The number of another stream. */
  newStream(): number {
    this.#streams += 1;
    return this.#streams - 1;
  }

  addLoose(place: RowPlace, one: OrderedRecord): number {
    const { timestamp } = one.record;
    return this.#add(
      place,
      ROW.loose,
      { ...NO_INVOCATION, start: timestamp, end: timestamp, connectedAt: timestamp },
      [one],
    );
  }

  addInvocation(place: RowPlace, invocation: WatchedInvocation<OrderedRecord>): number {
    const { kind } = invocation;
    return kind === null
      ? this.#add(place, ROW.odd, { ...invocation, bootId: null }, [])
      : this.#add(place, ROW[kind], invocation, invocation.records);
  }

  start = (row: number): number => this.#double(row, AT.start);
  end = (row: number): number => this.#double(row, AT.end);
  connectedAt = (row: number): number => this.#double(row, AT.connectedAt);
  stream = (row: number): number => this.#unsigned(row, AT.stream);
  kind = (row: number): RowKind => this.#rows.view(row).getUint8(this.#rows.offset(row) + AT.kind) as RowKind;
  lines = (row: number): number => this.#rows.view(row).getUint8(this.#rows.offset(row) + AT.lines);
  bootId = (row: number): string | null => this.#boots[this.#unsigned(row, AT.boot)] ?? null;
  /** Of the request id; of an invocation only. */
  requestKey = (row: number): number => this.#double(row, AT.requestKey);
  acceptedBefore = (row: number): number => this.#unsigned(row, AT.acceptedBefore);
  attemptsBefore = (row: number): number => this.#unsigned(row, AT.attemptsBefore);

  durationMs(row: number): number | null {
    const value = this.#double(row, AT.durationMs);
    return Number.isNaN(value) ? null : value;
  }

  /** Rows of a stream in the order of its records; `last`: the one that was added last, -1: there is none. */
  rowsOf(last: number): readonly number[] {
    const rows: number[] = [];
    for (let row = last; row !== -1; row = this.#unsigned(row, AT.previous) - 1) rows.push(row);
    return rows.reverse();
  }

  records(row: number, { logGroup, logStreamName }: StreamName): readonly OrderedRecord[] {
    const bytes = this.#unsigned(row, AT.bytes);
    if (bytes === 0) return [];
    const stored = JSON.parse(this.#texts.read(this.#double(row, AT.from), bytes)) as readonly Stored[];
    return stored.map(([order, timestamp, message, ingestionTime, eventId]) => ({
      order,
      time: timestamp,
      record: { logGroup, logStreamName, timestamp, message, ingestionTime, eventId },
    }));
  }

  close(): void {
    this.#rows.close();
    this.#texts.close();
  }

  #add(
    { stream, previous }: RowPlace,
    kind: RowKind,
    numbers: Omit<WatchedInvocation<OrderedRecord>, "kind" | "records">,
    records: readonly OrderedRecord[],
  ): number {
    const text = records.length === 0 ? { from: 0, bytes: 0 } : this.#texts.append(stored(records));
    const boot = this.bootNumber(numbers.bootId);
    return this.#rows.append((view, at) => {
      view.setFloat64(at + AT.start, numbers.start);
      view.setFloat64(at + AT.end, numbers.end);
      view.setFloat64(at + AT.connectedAt, numbers.connectedAt);
      view.setFloat64(at + AT.durationMs, numbers.durationMs ?? NaN);
      view.setFloat64(at + AT.from, text.from);
      view.setUint32(at + AT.bytes, text.bytes);
      view.setUint32(at + AT.stream, stream);
      view.setUint32(at + AT.previous, previous + 1);
      view.setUint32(at + AT.boot, boot);
      view.setUint8(at + AT.lines, numbers.lines);
      view.setUint8(at + AT.kind, kind);
      view.setUint32(at + AT.acceptedBefore, numbers.acceptedBefore);
      view.setUint32(at + AT.attemptsBefore, numbers.attemptsBefore);
      view.setFloat64(at + AT.requestKey, numbers.requestId === "" ? NaN : textKey(numbers.requestId));
    });
  }

  #double(row: number, member: number): number {
    return this.#rows.view(row).getFloat64(this.#rows.offset(row) + member);
  }

  #unsigned(row: number, member: number): number {
    return this.#rows.view(row).getUint32(this.#rows.offset(row) + member);
  }

  /** A number for each boot id. */
  bootNumber(bootId: string | null): number {
    let number = this.#bootNumbers.get(bootId);
    if (number === undefined) {
      number = this.#boots.push(bootId) - 1;
      this.#bootNumbers.set(bootId, number);
    }
    return number;
  }
}

function stored(records: readonly OrderedRecord[]): string {
  return JSON.stringify(
    records.map(({ order, record }): Stored => [
      order,
      record.timestamp,
      record.message,
      record.ingestionTime,
      record.eventId,
    ]),
  );
}
