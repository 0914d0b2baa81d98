/** The log groups of all Regions, and their files. An event stays, at the same position, until its stream or its group is deleted. */
import { createHash } from "node:crypto";
import { chmodSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { epochMs } from "../../base/time.ts";
import { LOCAL_REGION } from "../../words/local-region.ts";
import { LateWrites } from "../late-writes.ts";
import { isMachineFault } from "../machine-fault.ts";
import { makePrivateFolder, PRIVATE_FILE } from "../private-folder.ts";
import { LogsUnwritable, type LogSink, type WrittenLine } from "../log-sink.ts";
import { GroupJournal, type JournalOptions } from "./group-journal.ts";
import { type GroupHead, LogGroup, type Visibility } from "./log-group.ts";
import { LogsError } from "./logs-error.ts";

export interface LogStoreOptions {
  readonly folder: string;
  readonly now: () => number;
  /** How long an event takes until a reader can see it (default 0). */
  readonly delayMs?: number;
  readonly report: (problem: string) => void;
  /** Called with each line that an environment writes. */
  readonly written?: (line: WrittenLine) => void;
  readonly writeSync?: JournalOptions["writeSync"];
}

const GROUPS_MAX = 10_000;
/** How many groups may have an open file. If there are more, the group that was not used for the longest time closes its file. */
const OPEN_FILES_MAX = 64;

export class LogStore implements LogSink {
  readonly late: LateWrites;
  readonly #options: LogStoreOptions;
  readonly #groups = new Map<string, LogGroup>();
  readonly #open = new Set<LogGroup>();
  readonly #regions = new Map<string, RegionLogs>();
  readonly #visibility: Visibility;

  constructor(options: LogStoreOptions) {
    this.#options = options;
    this.late = new LateWrites((error) =>
      options.report(`a log event could not be written: ${(error as Error).message}`),
    );
    this.#visibility = { now: options.now, delayMs: options.delayMs ?? 0 };
    makePrivateFolder(options.folder);
    for (const name of readdirSync(options.folder).toSorted())
      if (name.endsWith(".jsonl")) this.#reopen(join(options.folder, name));
  }

  of(region: string): RegionLogs {
    let logs = this.#regions.get(region);
    if (logs === undefined) {
      logs = new RegionLogs(this, region);
      this.#regions.set(region, logs);
    }
    return logs;
  }

  createStream(logGroup: string, logStreamName: string, createdAt: number): void {
    this.of(LOCAL_REGION).createStream(logGroup, logStreamName, createdAt);
  }

  write(logGroup: string, logStreamName: string, timestamp: number, message: string): void {
    this.of(LOCAL_REGION).write(logGroup, logStreamName, timestamp, message);
  }

  wrote(line: WrittenLine): void {
    this.#options.written?.(line);
  }

  now(): number {
    return this.#options.now();
  }

  group(region: string, name: string): LogGroup | undefined {
    this.late.flush();
    const group = this.#groups.get(`${region} ${name}`);
    if (group !== undefined) this.#keepOpen(group);
    return group;
  }

  groups(): readonly LogGroup[] {
    this.late.flush();
    return [...this.#groups.values()];
  }

  createGroup(region: string, name: string): LogGroup {
    if (this.#groups.size >= GROUPS_MAX)
      throw new LogsError("LimitExceededException", "Resource limit exceeded.");
    const group = this.#newGroup({ name, region, createdAt: this.#options.now() });
    this.#groups.set(`${region} ${name}`, group);
    this.#keepOpen(group);
    return group;
  }

  deleteGroup(group: LogGroup): void {
    group.journal.discard();
    rmSync(this.#pathOf(group.region, group.name), { force: true });
    this.#groups.delete(`${group.region} ${group.name}`);
    this.#open.delete(group);
  }

  close(): void {
    this.late.flush();
    for (const { journal } of this.#groups.values()) {
      journal.flush();
      journal.discard();
    }
    this.#open.clear();
  }

  #keepOpen(group: LogGroup): void {
    this.#open.delete(group);
    this.#open.add(group);
    if (this.#open.size <= OPEN_FILES_MAX) return;
    const [longestAgo] = this.#open;
    if (longestAgo === undefined) return;
    this.#open.delete(longestAgo);
    longestAgo.journal.closeFile();
  }

  /** Leaves no file behind if the group cannot be written. */
  #newGroup(head: GroupHead): LogGroup {
    const path = this.#pathOf(head.region, head.name);
    let journal: GroupJournal | null = null;
    try {
      journal = new GroupJournal(path, this.#options);
      return LogGroup.create(head, journal, this.#visibility);
    } catch (error) {
      journal?.discard();
      rmSync(path, { force: true });
      if (error instanceof LogsUnwritable) throw error;
      throw new LogsUnwritable(`The log group cannot be created: ${(error as Error).message}`, {
        cause: error,
      });
    }
  }

  #reopen(path: string): void {
    // Older versions wrote files that every user may read.
    chmodSync(path, PRIVATE_FILE);
    const journal = new GroupJournal(path, this.#options);
    try {
      const group = LogGroup.reopen(journal, this.#visibility, LOCAL_REGION);
      journal.closeFile();
      this.#groups.set(`${group.region} ${group.name}`, group);
    } catch (error) {
      journal.discard();
      if (isMachineFault(error)) throw error;
      // The file is renamed, because a group of that name may be created again and then needs this file name.
      const aside = path.replace(/\.jsonl$/, ".unreadable");
      renameSync(path, aside);
      this.#options.report(
        `${path} is not a log group that this version can read; it was renamed to ${aside}: ${(error as Error).message}`,
      );
    }
  }

  #pathOf(region: string, name: string): string {
    const digest = createHash("sha256").update(`${region} ${name}`).digest("hex").slice(0, 32);
    return join(this.#options.folder, `${digest}.jsonl`);
  }
}

/** The log groups of one Region: environments write to them, and the CloudWatch Logs operations read them. */
export class RegionLogs implements LogSink {
  readonly #store: LogStore;
  readonly #region: string;

  constructor(store: LogStore, region: string) {
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
    this.#store.wrote({ logGroup, logStream: logStreamName, time: epochMs(time), message });
  }
}
