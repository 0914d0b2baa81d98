/**
 * The log groups of this engine. Environments write through `LogSink`, the CloudWatch Logs operations read; nothing
 * that was written is lost or changes its place within its stream.
 */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { invariant } from "../../domain/invariant.ts";
import type { LogSink } from "../log-sink.ts";
import { GroupJournal } from "./group-journal.ts";
import { LogGroup } from "./log-group.ts";
import { LogsError } from "./logs-error.ts";

export interface LogStoreOptions {
  readonly folder: string;
  readonly now: () => number;
  readonly report: (problem: string) => void;
}

const GROUPS_MAX = 10_000;
/** Groups whose file is open; the one that was used longest ago gives its descriptor back. */
const OPEN_FILES_MAX = 64;

export class LogStore implements LogSink {
  readonly #options: LogStoreOptions;
  readonly #groups = new Map<string, LogGroup>();
  readonly #open = new Set<LogGroup>();

  constructor(options: LogStoreOptions) {
    this.#options = options;
    mkdirSync(options.folder, { recursive: true });
    for (const name of readdirSync(options.folder).toSorted())
      if (name.endsWith(".jsonl")) this.#reopen(join(options.folder, name));
  }

  group(name: string): LogGroup | undefined {
    const group = this.#groups.get(name);
    if (group !== undefined) this.#used(group);
    return group;
  }

  /** By name, ascending. */
  groups(): readonly LogGroup[] {
    return [...this.#groups.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1));
  }

  createGroup(name: string): LogGroup {
    if (this.#groups.size >= GROUPS_MAX)
      throw new LogsError("LimitExceededException", "Resource limit exceeded.");
    const group = LogGroup.create(
      { name, createdAt: this.#options.now() },
      new GroupJournal(this.#pathOf(name), this.#options.report),
    );
    this.#groups.set(name, group);
    this.#used(group);
    return group;
  }

  deleteGroup(group: LogGroup): void {
    this.#groups.delete(group.name);
    this.#open.delete(group);
    group.journal.discard();
    rmSync(this.#pathOf(group.name), { force: true });
  }

  /** Lambda makes the log group of a function that has none. */
  createStream(logGroup: string, logStreamName: string, createdAt: number): void {
    const group = this.group(logGroup) ?? this.createGroup(logGroup);
    invariant(
      group.stream(logStreamName) === undefined,
      `the log stream ${logStreamName} was made twice in ${logGroup}`,
    );
    group.createStream(logStreamName, createdAt);
  }

  /** A stream that a user deleted under a living environment comes back with its next event. */
  write(logGroup: string, logStreamName: string, timestamp: number, message: string): void {
    const group = this.group(logGroup) ?? this.createGroup(logGroup);
    const stream = group.stream(logStreamName) ?? group.createStream(logStreamName, this.#options.now());
    // Readers sort by time: a clock that was set back must not reorder a stream.
    // CloudWatch Logs knows whole milliseconds.
    const time = Math.max(Math.floor(timestamp), stream.lastTimestamp ?? 0);
    group.write(stream, time, Math.floor(this.#options.now()), message);
  }

  close(): void {
    for (const group of this.#groups.values()) group.journal.rest();
    this.#open.clear();
  }

  #used(group: LogGroup): void {
    this.#open.delete(group);
    this.#open.add(group);
    if (this.#open.size <= OPEN_FILES_MAX) return;
    const [longestAgo] = this.#open;
    if (longestAgo === undefined) return;
    this.#open.delete(longestAgo);
    longestAgo.journal.rest();
  }

  #reopen(path: string): void {
    const journal = new GroupJournal(path, this.#options.report);
    try {
      const group = LogGroup.reopen(journal);
      journal.rest();
      this.#groups.set(group.name, group);
    } catch (error) {
      journal.discard();
      // Out of the way, since a group of that name will be made again and must have a file of its own.
      const aside = path.replace(/\.jsonl$/, ".unreadable");
      renameSync(path, aside);
      this.#options.report(
        `${path} is not a log group that this version can read; it was renamed to ${aside}: ${(error as Error).message}`,
      );
    }
  }

  #pathOf(name: string): string {
    return join(
      this.#options.folder,
      `${createHash("sha256").update(name).digest("hex").slice(0, 32)}.jsonl`,
    );
  }
}
