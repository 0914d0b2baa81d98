/**
 * Invocations that ended, a row each: a few numbers in memory and, of the quiet ones, their records in a spill file. So an input of
 * millions of them takes tens of bytes for each.
 */
import type { LogRecord } from "../../../../domain/log-record.ts";
import type { WatchedInvocation } from "../../../../logs/invocation-watch.ts";
import { SpillFile } from "./spill-file.ts";

export const ROW = { odd: 0, served: 1, unseen: 2 } as const;
export type RowKind = (typeof ROW)[keyof typeof ROW];

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
  #rows = 0;
  #start = new Float64Array(1024);
  #end = new Float64Array(1024);
  #connectedAt = new Float64Array(1024);
  #durationMs = new Float64Array(1024);
  #from = new Float64Array(1024);
  #order = new Float64Array(1024);
  #stream = new Uint32Array(1024);
  #boot = new Uint32Array(1024);
  #lines = new Uint8Array(1024);
  #kind = new Uint8Array(1024);
  readonly #boots: (string | null)[] = [null];
  readonly #bootNumbers = new Map<string | null, number>([[null, 0]]);
  readonly #spill = new SpillFile();

  get rows(): number {
    return this.#rows;
  }

  add(stream: number, invocation: WatchedInvocation<OrderedRecord>): number {
    if (this.#rows === this.#start.length) this.#grow();
    const row = this.#rows++;
    const first = invocation.records[0];
    this.#start[row] = invocation.start;
    this.#end[row] = invocation.end;
    this.#connectedAt[row] = invocation.connectedAt;
    this.#durationMs[row] = invocation.durationMs ?? NaN;
    this.#stream[row] = stream;
    this.#boot[row] = this.#bootNumber(invocation.kind === null ? null : invocation.bootId);
    this.#lines[row] = invocation.lines;
    this.#order[row] = first?.order ?? -1;
    this.#from[row] = this.#spill.length;
    this.#kind[row] = invocation.kind === null ? ROW.odd : ROW[invocation.kind];
    if (invocation.kind === null) return row;
    const spilled: Spilled = invocation.records.map(({ order, record }) => [
      order,
      record.timestamp,
      record.message,
      record.ingestionTime,
      record.eventId,
    ]);
    this.#spill.append(JSON.stringify(spilled));
    return row;
  }

  start = (row: number): number => this.#start[row] as number;
  end = (row: number): number => this.#end[row] as number;
  connectedAt = (row: number): number => this.#connectedAt[row] as number;
  stream = (row: number): number => this.#stream[row] as number;
  bootId = (row: number): string | null => this.#boots[this.#boot[row] as number] ?? null;
  lines = (row: number): number => this.#lines[row] as number;
  /** Of its first record; -1: an odd one. */
  order = (row: number): number => this.#order[row] as number;
  kind = (row: number): RowKind => this.#kind[row] as RowKind;

  durationMs(row: number): number | null {
    const value = this.#durationMs[row] as number;
    return Number.isNaN(value) ? null : value;
  }

  records(row: number, { logGroup, logStreamName }: Place): readonly OrderedRecord[] {
    const from = this.#from[row] as number;
    const to = row + 1 < this.#rows ? (this.#from[row + 1] as number) : this.#spill.length;
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

  #grow(): void {
    const wider = (column: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> => {
      const next = new Float64Array(Math.ceil(column.length * 1.5));
      next.set(column);
      return next;
    };
    this.#start = wider(this.#start);
    this.#end = wider(this.#end);
    this.#connectedAt = wider(this.#connectedAt);
    this.#durationMs = wider(this.#durationMs);
    this.#from = wider(this.#from);
    this.#order = wider(this.#order);
    const size = this.#start.length;
    const [stream, boot] = [new Uint32Array(size), new Uint32Array(size)];
    const [lines, kind] = [new Uint8Array(size), new Uint8Array(size)];
    stream.set(this.#stream);
    boot.set(this.#boot);
    lines.set(this.#lines);
    kind.set(this.#kind);
    [this.#stream, this.#boot, this.#lines, this.#kind] = [stream, boot, lines, kind];
  }
}
