/** One log group: its settings, its streams and its events, in memory as an index and on disk as a journal. */
import { invariant } from "../../base/invariant.ts";
import { EventIndex, type EventQuery, type IndexedEvent, type Position } from "./event-index.ts";
import type { Extent, GroupJournal } from "./group-journal.ts";
import { isChangeLine, isEventLine, type ChangeLine, type GroupSettings } from "./journal-lines.ts";

export interface StoredStream {
  readonly number: number;
  readonly name: string;
  readonly createdAt: number;
  firstTimestamp: number | null;
  lastTimestamp: number | null;
  lastIngestion: number | null;
}

export interface StoredEvent {
  readonly logStreamName: string;
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
  readonly position: Position;
}

export interface NewEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** An event becomes visible to readers `delayMs` after it was written, and stays visible until the retention of its group has passed. */
export interface Visibility {
  readonly now: () => number;
  readonly delayMs: number;
}

export interface GroupHead {
  readonly name: string;
  readonly region: string;
  readonly createdAt: number;
}

const DAY_MS = 86_400_000;
const EVENT_OVERHEAD_BYTES = 26;

/** Returns the size of an event as CloudWatch Logs counts it. */
export function eventBytes(message: string): number {
  return Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES;
}

export class LogGroup {
  readonly name: string;
  readonly region: string;
  readonly createdAt: number;
  readonly #visibility: Visibility;
  /** Events that readers cannot see yet, in the order of writing. */
  #hidden: { readonly offset: number; readonly ingestion: number }[] = [];
  readonly #journal: GroupJournal;
  readonly #index = new EventIndex();
  readonly #streams = new Map<string, StoredStream>();
  readonly #byNumber: (StoredStream | null)[] = [];
  #settings: GroupSettings = { retentionInDays: null, tags: {} };
  #storedBytes = 0;
  #lastIngestion = 0;

  private constructor(head: GroupHead, journal: GroupJournal, visibility: Visibility) {
    this.name = head.name;
    this.region = head.region;
    this.#visibility = visibility;
    this.createdAt = head.createdAt;
    this.#journal = journal;
  }

  static create(head: GroupHead, journal: GroupJournal, visibility: Visibility): LogGroup {
    journal.write([{ group: head }]);
    return new LogGroup(head, journal, visibility);
  }

  /** Throws if the file is not the journal of a log group. `region` is used if the file names no Region. */
  static reopen(journal: GroupJournal, visibility: Visibility, region: string): LogGroup {
    let group: LogGroup | null = null;
    journal.scan((value, extent) => {
      if (group === null) {
        const head = (value as { group?: Partial<Record<keyof GroupHead, unknown>> }).group;
        const { name, createdAt, region: given = region } = head ?? {};
        if (typeof name !== "string" || typeof createdAt !== "number" || typeof given !== "string")
          throw new Error("its first line names no log group");
        group = new LogGroup({ name, createdAt, region: given }, journal, visibility);
      } else if (isEventLine(value)) {
        const [stream, timestamp, ingestion, message] = value;
        group.#indexEvent(
          { timestamp, offset: extent.offset, length: extent.length, stream },
          ingestion,
          message,
        );
      } else if (isChangeLine(value)) {
        group.#replay(value);
      } else throw new Error(`the line at byte ${extent.offset} is not a line of a log group`);
    });
    if (group === null) throw new Error("it is empty");
    return group;
  }

  get settings(): GroupSettings {
    return this.#settings;
  }

  set settings(settings: GroupSettings) {
    this.#journal.write([{ settings }]);
    this.#settings = settings;
  }

  get storedBytes(): number {
    return this.#storedBytes;
  }

  get journal(): GroupJournal {
    return this.#journal;
  }

  stream(name: string): StoredStream | undefined {
    return this.#streams.get(name);
  }

  streams(): readonly StoredStream[] {
    return [...this.#streams.values()];
  }

  createStream(name: string, createdAt: number): StoredStream {
    invariant(!this.#streams.has(name), `log stream ${name} does not exist yet in ${this.name}`);
    this.#journal.write([{ stream: { name, createdAt } }]);
    return this.#addStream(name, createdAt);
  }

  deleteStream(name: string): void {
    const stream = this.#streams.get(name);
    if (stream === undefined) return;
    this.#journal.write([{ deleted: stream.number }]);
    this.#forget(stream);
  }

  /** Ingestion times never decrease. So a sort by time stamp, then by offset in the file, gives AWS's order: time, ingestion, arrival. */
  write(stream: StoredStream, timestamp: number, now: number, message: string): void {
    const ingestion = this.#ingestion(now);
    const extent = this.#journal.append([stream.number, timestamp, ingestion, message]);
    this.#written(stream, extent, { timestamp, message }, ingestion);
  }

  /** Writes a batch before it returns, all or nothing of it. Throws LogsUnwritable if that is not possible. */
  writeNow(stream: StoredStream, now: number, events: readonly NewEvent[]): void {
    const ingestion = this.#ingestion(now);
    const extents = this.#journal.write(
      events.map(({ timestamp, message }) => [stream.number, timestamp, ingestion, message]),
    );
    for (const [number, event] of events.entries()) {
      const extent = extents[number];
      if (extent !== undefined) this.#written(stream, extent, event, ingestion);
    }
  }

  #ingestion(now: number): number {
    return Math.max(now + this.#visibility.delayMs, this.#lastIngestion);
  }

  #written(
    { number }: StoredStream,
    { offset, length }: Extent,
    { timestamp, message }: NewEvent,
    ingestion: number,
  ): void {
    this.#indexEvent({ timestamp, offset, length, stream: number }, ingestion, message);
    if (this.#visibility.delayMs > 0) this.#hidden.push({ offset, ingestion });
  }

  after(position: Position | null, query: EventQuery): IndexedEvent[] {
    return this.#index.after(position, this.#visible(query));
  }

  before(position: Position | null, query: EventQuery): IndexedEvent[] {
    return this.#index.before(position, this.#visible(query));
  }

  /** Leaves out events of deleted streams. */
  events(indexed: readonly IndexedEvent[]): StoredEvent[] {
    const living = indexed.filter(
      ({ stream }) => this.#byNumber[stream] !== null && this.#byNumber[stream] !== undefined,
    );
    const values = this.#journal.read(living);
    return living.map((event, number): StoredEvent => {
      const [, , ingestionTime, message] = values[number] as [number, number, number, string];
      const { timestamp, offset, stream } = event;
      return {
        logStreamName: this.#byNumber[stream]?.name ?? "",
        timestamp,
        ingestionTime,
        message,
        position: { timestamp, offset },
      };
    });
  }

  #visible(query: EventQuery): EventQuery {
    const now = this.#visibility.now();
    const days = this.#settings.retentionInDays;
    const seen = this.#hidden.findIndex(({ ingestion }) => ingestion > now);
    this.#hidden = seen === -1 ? [] : this.#hidden.slice(seen);
    const [next] = this.#hidden;
    return {
      ...query,
      from: days === null ? query.from : Math.max(query.from, now - days * DAY_MS),
      ...(next === undefined ? {} : { offsetBelow: next.offset }),
    };
  }

  #indexEvent(event: IndexedEvent, ingestion: number, message: string): void {
    this.#index.add(event);
    this.#lastIngestion = Math.max(this.#lastIngestion, ingestion);
    this.#storedBytes += eventBytes(message);
    const stream = this.#byNumber[event.stream];
    if (stream === null || stream === undefined) return;
    stream.firstTimestamp = Math.min(stream.firstTimestamp ?? Infinity, event.timestamp);
    stream.lastTimestamp = Math.max(stream.lastTimestamp ?? -Infinity, event.timestamp);
    stream.lastIngestion = this.#lastIngestion;
  }

  #replay({ stream, settings, deleted }: ChangeLine): void {
    if (stream !== undefined) this.#addStream(stream.name, stream.createdAt);
    else if (settings !== undefined) this.#settings = settings;
    else if (deleted !== undefined) {
      const known = this.#byNumber[deleted];
      if (known !== null && known !== undefined) this.#forget(known);
    }
  }

  #addStream(name: string, createdAt: number): StoredStream {
    const stream = {
      number: this.#byNumber.length,
      name,
      createdAt,
      firstTimestamp: null,
      lastTimestamp: null,
      lastIngestion: null,
    };
    this.#byNumber.push(stream);
    this.#streams.set(name, stream);
    return stream;
  }

  #forget(stream: StoredStream): void {
    this.#streams.delete(stream.name);
    this.#byNumber[stream.number] = null;
  }
}
