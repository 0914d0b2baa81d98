/** Stores log streams: a row for each invocation that ended, and for each event outside quiet invocations (evidence-need.ts). */
import type { StreamEvent } from "../logs/stream-event.ts";
import type { WatchedInvocation } from "./invocation-watch.ts";
import type { OrderedEvent } from "./ordered-event.ts";
import { InvariantError } from "../domain/invariant.ts";
import type { RestingStream } from "./resting-stream.ts";
import type { RowStore, RowTable } from "./row-store.ts";

export const ROW = {
  /** An event that is not part of a quiet invocation. */
  loose: 0,
  /** An invocation that is not quiet. Its events are `loose` rows. */
  odd: 1,
  served: 2,
  unseen: 3,
} as const;
export type RowKind = (typeof ROW)[keyof typeof ROW];

/** The number of the log stream, and the stream's last row before this one, or -1. */
export interface RowPosition {
  readonly stream: number;
  readonly previous: number;
}

const COLUMNS = [
  "start",
  "end",
  "connectedAt",
  "durationMs",
  "stream",
  "previous",
  "boot",
  "lines",
  "kind",
  "acceptedBefore",
  "requestKey",
  "attemptsBefore",
] as const;
type RecordColumn = (typeof COLUMNS)[number];

type Written = readonly [
  number,
  number,
  number | null,
  string | null,
  string,
  StreamEvent["said"],
  string | null,
];

function write(events: readonly OrderedEvent[]): string {
  return JSON.stringify(
    events.map(({ order, event }): Written => {
      const { timestamp, ingestionTime, eventId, identity, said, example } = event;
      return [order, timestamp, ingestionTime, eventId, eventId === null ? identity : "", said, example];
    }),
  );
}

function read(text: string): readonly OrderedEvent[] {
  return (JSON.parse(text) as readonly Written[]).map(
    ([order, timestamp, ingestionTime, eventId, identity, said, example]) => ({
      order,
      event: { timestamp, ingestionTime, eventId, identity: eventId ?? identity, said, example },
    }),
  );
}

const NO_INVOCATION = {
  durationMs: null,
  lines: 0,
  bootId: null,
  requestId: "",
  acceptedBefore: 0,
  attemptsBefore: 0,
} as const;

const LAST_RESTING_MAX = 64;

export class RecordStore {
  readonly rows: RowStore;
  readonly #table: RowTable<RecordColumn, readonly OrderedEvent[]>;
  readonly #boots: (string | null)[] = [null];
  /** Null after the last row was added. */
  #bootNumbers: Map<string | null, number> | null = new Map([[null, 0]]);
  #resting: RowTable<never, RestingStream> | null = null;
  /**
   * Some of the resting streams (resting-stream.ts) that were read last. They are kept because invocations of the same few streams follow
   * one another.
   */
  readonly #lastResting = new Map<number, RestingStream>();
  #streams = 0;

  constructor(rows: RowStore) {
    this.rows = rows;
    this.#table = rows.table({ columns: COLUMNS, write, read });
  }

  get length(): number {
    return this.#table.length;
  }

  get streams(): number {
    return this.#streams;
  }

  newStream(): number {
    this.#streams += 1;
    return this.#streams - 1;
  }

  /** Stores what is known about a stream that rests (resting-stream.ts). Returns the number with which it is read. */
  rest(stream: RestingStream): number {
    this.#resting ??= this.rows.table({
      columns: [],
      write: JSON.stringify,
      read: (text) => JSON.parse(text) as RestingStream,
    });
    return this.#resting.append({}, stream);
  }

  resting(number: number): RestingStream {
    const stream = this.#lastResting.get(number) ?? this.#resting?.value(number) ?? null;
    if (stream === null) throw new InvariantError("a stream that rests is not in the store");
    if (this.#lastResting.size >= LAST_RESTING_MAX) this.#lastResting.clear();
    this.#lastResting.set(number, stream);
    return stream;
  }

  addLoose(position: RowPosition, one: OrderedEvent): number {
    const { timestamp } = one.event;
    return this.#add(
      position,
      ROW.loose,
      { ...NO_INVOCATION, start: timestamp, end: timestamp, connectedAt: timestamp },
      [one],
    );
  }

  addInvocation(position: RowPosition, invocation: WatchedInvocation): number {
    const { kind } = invocation;
    return kind === null
      ? this.#add(position, ROW.odd, { ...invocation, bootId: null }, [])
      : this.#add(position, ROW[kind], invocation, invocation.events);
  }

  start = (row: number): number => this.#table.number(row, "start");
  end = (row: number): number => this.#table.number(row, "end");
  connectedAt = (row: number): number => this.#table.number(row, "connectedAt");
  stream = (row: number): number => this.#table.number(row, "stream");
  kind = (row: number): RowKind => this.#table.number(row, "kind") as RowKind;
  lines = (row: number): number => this.#table.number(row, "lines");
  bootNumberOf = (row: number): number => this.#table.number(row, "boot");
  bootId = (row: number): string | null => this.#boots[this.bootNumberOf(row)] ?? null;
  /** Only rows of invocations have a request key. */
  requestKey = (row: number): number => this.#table.number(row, "requestKey");
  acceptedBefore = (row: number): number => this.#table.number(row, "acceptedBefore");
  attemptsBefore = (row: number): number => this.#table.number(row, "attemptsBefore");

  /** Whether the row is an invocation that is quiet (evidence-need.ts) according to the function's log. */
  looksQuiet(row: number): boolean {
    const kind = this.kind(row);
    return kind === ROW.served || kind === ROW.unseen;
  }

  durationMs(row: number): number | null {
    const value = this.#table.number(row, "durationMs");
    return Number.isNaN(value) ? null : value;
  }

  /** Returns the rows of a stream in the order of its events. `last` is the stream's last row, or -1 if there is none. */
  rowsOf(last: number): readonly number[] {
    const rows: number[] = [];
    for (let row = last; row !== -1; row = this.#table.number(row, "previous")) rows.push(row);
    return rows.reverse();
  }

  events(row: number): readonly OrderedEvent[] {
    return this.#table.value(row) ?? [];
  }

  bootNumber(bootId: string | null): number {
    if (this.#bootNumbers === null) throw new InvariantError("all rows of the store were added before");
    let number = this.#bootNumbers.get(bootId);
    if (number === undefined) {
      number = this.#boots.push(bootId) - 1;
      this.#bootNumbers.set(bootId, number);
    }
    return number;
  }

  /** Frees what is needed only to add rows. */
  endAdding(): void {
    this.#bootNumbers = null;
  }

  #add(
    { stream, previous }: RowPosition,
    kind: RowKind,
    invocation: Omit<WatchedInvocation, "kind" | "events">,
    events: readonly OrderedEvent[],
  ): number {
    const { start, end, connectedAt, durationMs, lines, bootId, requestId } = invocation;
    const { acceptedBefore, attemptsBefore } = invocation;
    return this.#table.append(
      {
        start,
        end,
        connectedAt,
        durationMs: durationMs ?? NaN,
        stream,
        previous,
        boot: this.bootNumber(bootId),
        lines,
        kind,
        acceptedBefore,
        requestKey: requestId === "" ? NaN : this.rows.key(requestId),
        attemptsBefore,
      },
      events.length === 0 ? null : events,
    );
  }
}
