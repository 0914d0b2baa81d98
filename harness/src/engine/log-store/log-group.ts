/** One log group: its settings, its streams and its events, in memory as an index and on disk as a journal. */
import { invariant } from "../../domain/invariant.ts";
import { EventIndex, type EventQuery, type IndexedEvent, type Position } from "./event-index.ts";
import type { GroupJournal } from "./group-journal.ts";

export interface LogStream {
  readonly number: number;
  readonly name: string;
  readonly createdAt: number;
  firstTimestamp: number | null;
  lastTimestamp: number | null;
  lastIngestion: number | null;
}

export interface LogEvent {
  readonly logStreamName: string;
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
  readonly position: Position;
}

export interface GroupSettings {
  readonly retentionInDays: number | null;
  readonly tags: Readonly<Record<string, string>>;
}

export interface GroupHead {
  readonly name: string;
  readonly createdAt: number;
}

export class LogGroup {
  readonly name: string;
  readonly createdAt: number;
  readonly #journal: GroupJournal;
  readonly #index = new EventIndex();
  readonly #streams = new Map<string, LogStream>();
  readonly #byNumber: (LogStream | null)[] = [];
  #settings: GroupSettings = { retentionInDays: null, tags: {} };
  #storedBytes = 0;
  #lastIngestion = 0;

  private constructor(head: GroupHead, journal: GroupJournal) {
    this.name = head.name;
    this.createdAt = head.createdAt;
    this.#journal = journal;
  }

  static create(head: GroupHead, journal: GroupJournal): LogGroup {
    journal.append({ group: head });
    return new LogGroup(head, journal);
  }

  /** Rebuilds the index from the journal; throws where the file is not a group's. */
  static reopen(journal: GroupJournal): LogGroup {
    let group: LogGroup | null = null;
    journal.scan((value, extent) => {
      if (group === null) {
        const head = (value as { group?: GroupHead }).group;
        if (typeof head?.name !== "string" || typeof head.createdAt !== "number")
          throw new Error("its first line names no log group");
        group = new LogGroup(head, journal);
      } else if (Array.isArray(value)) {
        const [stream, timestamp, ingestion, message] = value as [number, number, number, string];
        group.#indexEvent(
          { timestamp, offset: extent.offset, length: extent.length, stream },
          ingestion,
          message,
        );
      } else {
        group.#replay(value as Record<string, unknown>);
      }
    });
    if (group === null) throw new Error("it is empty");
    return group;
  }

  get settings(): GroupSettings {
    return this.#settings;
  }

  set settings(settings: GroupSettings) {
    this.#settings = settings;
    this.#journal.append({ settings });
  }

  get storedBytes(): number {
    return this.#storedBytes;
  }

  get eventCount(): number {
    return this.#index.size;
  }

  get journal(): GroupJournal {
    return this.#journal;
  }

  stream(name: string): LogStream | undefined {
    return this.#streams.get(name);
  }

  streams(): readonly LogStream[] {
    return [...this.#streams.values()];
  }

  createStream(name: string, createdAt: number): LogStream {
    invariant(!this.#streams.has(name), `log stream ${name} exists already in ${this.name}`);
    this.#journal.append({ stream: { name, createdAt } });
    return this.#addStream(name, createdAt);
  }

  deleteStream(name: string): void {
    const stream = this.#streams.get(name);
    if (stream === undefined) return;
    this.#journal.append({ deleted: stream.number });
    this.#forget(stream);
  }

  /** Ingestion times never go back, so (timestamp, place in the file) is AWS's order: time, ingestion, order of arrival. */
  write(stream: LogStream, timestamp: number, now: number, message: string): void {
    const ingestion = Math.max(now, this.#lastIngestion);
    const extent = this.#journal.append([stream.number, timestamp, ingestion, message]);
    this.#indexEvent(
      { timestamp, offset: extent.offset, length: extent.length, stream: stream.number },
      ingestion,
      message,
    );
  }

  after(position: Position | null, query: EventQuery): IndexedEvent[] {
    return this.#index.after(position, query);
  }

  before(position: Position | null, query: EventQuery): IndexedEvent[] {
    return this.#index.before(position, query);
  }

  /** Reads events back; those of a deleted stream are left out. */
  events(indexed: readonly IndexedEvent[]): LogEvent[] {
    const living = indexed.filter(
      ({ stream }) => this.#byNumber[stream] !== null && this.#byNumber[stream] !== undefined,
    );
    const values = this.#journal.read(living);
    return living.map((event, number): LogEvent => {
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

  #indexEvent(event: IndexedEvent, ingestion: number, message: string): void {
    this.#index.add(event);
    this.#lastIngestion = Math.max(this.#lastIngestion, ingestion);
    this.#storedBytes += Buffer.byteLength(message) + 26;
    const stream = this.#byNumber[event.stream];
    if (stream === null || stream === undefined) return;
    stream.firstTimestamp = Math.min(stream.firstTimestamp ?? Infinity, event.timestamp);
    stream.lastTimestamp = Math.max(stream.lastTimestamp ?? -Infinity, event.timestamp);
    stream.lastIngestion = this.#lastIngestion;
  }

  #replay(value: Record<string, unknown>): void {
    const { stream, settings, deleted } = value as {
      stream?: { name: string; createdAt: number };
      settings?: GroupSettings;
      deleted?: number;
    };
    if (stream !== undefined) this.#addStream(stream.name, stream.createdAt);
    else if (settings !== undefined) this.#settings = settings;
    else if (deleted !== undefined) {
      const known = this.#byNumber[deleted];
      if (known !== null && known !== undefined) this.#forget(known);
    }
  }

  #addStream(name: string, createdAt: number): LogStream {
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

  #forget(stream: LogStream): void {
    this.#streams.delete(stream.name);
    this.#byNumber[stream.number] = null;
  }
}
