/**
 * Invocations that ended, a row each: a few numbers in memory and, of the quiet ones, their records in a spill file. So an input of
 * millions of them takes tens of bytes for each.
 */
import type { LogRecord } from "../../../../domain/log-record.ts";
import type { WatchedInvocation } from "../../../../logs/invocation-watch.ts";
import { Column } from "./column.ts";
import { SpillFile } from "./spill-file.ts";

export const ROW = { odd: 0, served: 1, unseen: 2 } as const;
type RowKind = (typeof ROW)[keyof typeof ROW];

/** A record and its place in the order in which everything was read. */
export interface OrderedRecord {
  readonly record: LogRecord;
  readonly order: number;
  /** By the function's own clock, where a line of its own says so. */
  readonly time: number;
}

type Place = Pick<LogRecord, "logGroup" | "logStreamName">;
type Spilled = readonly [order: number, number, string, number | null, string | null][];

export class QuietStore {
  readonly #start = new Column("double");
  readonly #end = new Column("double");
  readonly #connectedAt = new Column("double");
  readonly #durationMs = new Column("double");
  readonly #from = new Column("double");
  readonly #order = new Column("double");
  readonly #stream = new Column("unsigned");
  readonly #boot = new Column("unsigned");
  readonly #lines = new Column("byte");
  readonly #kind = new Column("byte");
  readonly #boots: (string | null)[] = [null];
  readonly #bootNumbers = new Map<string | null, number>([[null, 0]]);
  readonly #spill = new SpillFile();

  /** The row's number. */
  add(stream: number, invocation: WatchedInvocation<OrderedRecord>): number {
    const { kind, records } = invocation;
    const row = this.#start.length;
    this.#start.push(invocation.start);
    this.#end.push(invocation.end);
    this.#connectedAt.push(invocation.connectedAt);
    this.#durationMs.push(invocation.durationMs ?? NaN);
    this.#from.push(this.#spill.length);
    this.#order.push(records[0]?.order ?? -1);
    this.#stream.push(stream);
    this.#boot.push(this.#bootNumber(kind === null ? null : invocation.bootId));
    this.#lines.push(invocation.lines);
    this.#kind.push(kind === null ? ROW.odd : ROW[kind]);
    if (kind === null) return row;
    const spilled: Spilled = records.map(({ order, record }) => [
      order,
      record.timestamp,
      record.message,
      record.ingestionTime,
      record.eventId,
    ]);
    this.#spill.append(JSON.stringify(spilled));
    return row;
  }

  start = (row: number): number => this.#start.at(row);
  end = (row: number): number => this.#end.at(row);
  connectedAt = (row: number): number => this.#connectedAt.at(row);
  stream = (row: number): number => this.#stream.at(row);
  lines = (row: number): number => this.#lines.at(row);
  bootId = (row: number): string | null => this.#boots[this.#boot.at(row)] ?? null;
  /** Of its first record; -1: an odd one. */
  order = (row: number): number => this.#order.at(row);
  kind = (row: number): RowKind => this.#kind.at(row) as RowKind;

  durationMs(row: number): number | null {
    const value = this.#durationMs.at(row);
    return Number.isNaN(value) ? null : value;
  }

  records(row: number, { logGroup, logStreamName }: Place): readonly OrderedRecord[] {
    const from = this.#from.at(row);
    const to = row + 1 < this.#from.length ? this.#from.at(row + 1) : this.#spill.length;
    if (from === to) return [];
    const spilled = JSON.parse(this.#spill.read(from, to)) as Spilled;
    return spilled.map(([order, timestamp, message, ingestionTime, eventId]) => ({
      order,
      time: timestamp,
      record: { logGroup, logStreamName, timestamp, message, ingestionTime, eventId },
    }));
  }

  close(): void {
    this.#spill.close();
  }

  #bootNumber(bootId: string | null): number {
    let number = this.#bootNumbers.get(bootId);
    if (number === undefined) {
      number = this.#boots.push(bootId) - 1;
      this.#bootNumbers.set(bootId, number);
    }
    return number;
  }
}
