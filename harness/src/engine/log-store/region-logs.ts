/** The log groups of one Region: environments write to them, and the CloudWatch Logs operations read them. */
import type { LateWrites } from "../late-writes.ts";
import type { LogSink } from "../log-sink.ts";
import type { LogGroup } from "./log-group.ts";

export interface AllLogs {
  readonly late: LateWrites;
  now(): number;
  group(region: string, name: string): LogGroup | undefined;
  groups(): readonly LogGroup[];
  createGroup(region: string, name: string): LogGroup;
  deleteGroup(group: LogGroup): void;
}

export class RegionLogs implements LogSink {
  readonly #store: AllLogs;
  readonly #region: string;

  constructor(store: AllLogs, region: string) {
    this.#store = store;
    this.#region = region;
  }

  get late(): LateWrites {
    return this.#store.late;
  }

  group(name: string): LogGroup | undefined {
    return this.#store.group(this.#region, name);
  }

  /** Sorted by name. */
  groups(): readonly LogGroup[] {
    return this.#store
      .groups()
      .filter((group) => group.region === this.#region)
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  createGroup(name: string): LogGroup {
    return this.#store.createGroup(this.#region, name);
  }

  deleteGroup(group: LogGroup): void {
    this.#store.deleteGroup(group);
  }

  /** Creates a stream, and before that its log group if there is none, as Lambda does. */
  createStream(logGroup: string, logStreamName: string, createdAt: number): void {
    const group = this.group(logGroup) ?? this.createGroup(logGroup);
    group.createStream(logStreamName, createdAt);
  }

  /** If a user deleted the stream of a live environment, the next event creates it again. */
  write(logGroup: string, logStreamName: string, timestamp: number, message: string): void {
    const group = this.group(logGroup) ?? this.createGroup(logGroup);
    const now = Math.floor(this.#store.now());
    const stream = group.stream(logStreamName) ?? group.createStream(logStreamName, now);
    // A clock that was set back must not reorder a stream. CloudWatch Logs stores time stamps in milliseconds without fractions.
    const time = Math.max(Math.floor(timestamp), stream.lastTimestamp ?? 0);
    group.write(stream, time, now, message);
  }
}
