/** Reads the log of a real server, recognised by its content. Several files of one server, as after a rotation, are one log. */
import { mayIdentify } from "../../words/client-name.ts";
import { wrongInput } from "../../base/errors.ts";
import { runNotice, type RunNotice } from "../../record/notices.ts";
import type { PeerLogRecord } from "../../record/peer-log.ts";
import { serverLogOf } from "../../logs/servers/all-server-logs.ts";
import { isoLikeTime } from "../../logs/servers/iso-like-time.ts";
import { LogClock, parseLogZone } from "../../logs/servers/log-clock.ts";
import { patterned } from "../../logs/servers/patterned.ts";
import type { ServerLog, ServerLogReader } from "../../logs/servers/server-log.ts";
import { CoveredTime } from "./covered-time.ts";
import { OpenSince } from "./open-since.ts";
import { isWithoutZone, isoTime, type EpochMs } from "../../base/time.ts";

export interface ServerLogOptions {
  /** The time zone of lines that name no zone. Null if the user gave none. */
  readonly zone: string | null;
  /** The patterns of `--peer-log-pattern`. With them, every line is read by them only. */
  readonly patterns?: readonly RegExp[];
  /** When the other evidence began, by the server's clock. Connections that ended earlier are left out. Null if not known. */
  readonly since: EpochMs | null;
  /** When the other evidence ended, by the server's clock. Null if not known. */
  readonly until: EpochMs | null;
}

export class RecognisedServerLog {
  readonly #newClock: () => LogClock;
  readonly #clock: LogClock;
  readonly #hasZone: boolean;
  readonly #patterned: ServerLog | null;
  readonly #open: OpenSince;
  readonly #covered: CoveredTime;
  readonly #seen = { accepted: 0, refused: 0, mayBeKnown: false };
  #log: ServerLog | null = null;
  #reader: ServerLogReader | null = null;
  #lost = { lines: 0, example: null as string | null };

  constructor(
    { zone, since, until, patterns = [] }: ServerLogOptions,
    take: (record: PeerLogRecord) => void,
  ) {
    this.#newClock = () => new LogClock(zone === null ? null : parseLogZone(zone), since);
    this.#clock = this.#newClock();
    this.#hasZone = zone !== null;
    this.#patterned = patterns.length === 0 ? null : patterned(patterns);
    this.#covered = new CoveredTime({ since, until });
    this.#open = new OpenSince(since, take);
  }

  get found(): boolean {
    return this.#log !== null;
  }

  /** Returns the kind of log that has this line; with patterns, always the log that they read. */
  logOf(line: string): ServerLog | null {
    return this.#patterned ?? serverLogOf(line);
  }

  /** Whether a file with this line is read line by line, and not as JSON. */
  isPlain(line: string): boolean {
    return this.#patterned !== null || (!/^\s*[{[]/.test(line) && serverLogOf(line) !== null);
  }

  /** A line of JSON whose time has no zone is in `--peer-log-zone`, else in UTC (docs/contracts.md#the-peer-log-line). */
  zoned(record: PeerLogRecord | null): PeerLogRecord | null {
    if (record === null || !this.#hasZone || !isWithoutZone(record.time)) return record;
    const instant = isoLikeTime(this.#clock, record.time, null);
    return instant === null ? record : { ...record, time: isoTime(instant) };
  }

  /** Returns false if neither this line nor an earlier one is a line of a server's log. */
  line(text: string): boolean {
    const log = this.#log ?? this.logOf(text);
    if (log === null) return false;
    if (this.#log === null) {
      this.#log = log;
      const record = (one: PeerLogRecord): void => this.#note(one);
      this.#reader = log.reader?.(this.#clock, { record, lost: (line) => this.lost(line) }) ?? null;
    }
    this.#reader?.line(text);
    return true;
  }

  /** Uses a new clock for each call, because the first lines of a server's files are read here in any order of time. */
  timeOf(text: string): EpochMs | null {
    return this.logOf(text)?.timeOf(text, this.#newClock()) ?? null;
  }

  lost(line: string): void {
    if (!this.#open.begun) return;
    this.#lost.lines += 1;
    this.#lost.example ??= line.slice(0, EXAMPLE_CHARACTERS).replace(/[\u0000-\u001f\u007f-\u009f]+/g, "·");
  }

  /** What could not be read since the last call. */
  takeLost(): { readonly lines: number; readonly example: string | null } {
    const lost = this.#lost;
    this.#lost = { lines: 0, example: null };
    return lost;
  }

  /** Ends the last file. Returns a notice if the log shows little. */
  finish(source: string): readonly RunNotice[] {
    this.#reader?.finish();
    this.#open.finish();
    if (this.#log === null) return [];
    const { unknownZone } = this.#clock;
    if (unknownZone !== null)
      throw wrongInput(
        `${source}: expected times with a zone, found ${unknownZone === "" ? "times without one" : `the zone ${unknownZone}, which is ambiguous`}.`,
        { hint: "Give the server's time zone: --peer-log-zone Europe/Berlin, +02:00 or UTC." },
      );
    const about = { source, server: this.#log.kind };
    const elsewhere = this.#covered.notice(source);
    const { accepted, refused, mayBeKnown } = this.#seen;
    if (this.#reader === null) return [runNotice("server-log-shows-nothing", about)];
    if (accepted + refused === 0) return [runNotice("server-log-without-connections", about)];
    if (elsewhere !== null) return [elsewhere];
    return mayBeKnown ? [] : [runNotice("server-log-without-streams", about)];
  }

  #note(record: PeerLogRecord): void {
    const client = record.server?.client ?? null;
    if (record.event === "accepted") this.#seen.accepted += 1;
    if (record.event === "refused") this.#seen.refused += 1;
    this.#seen.mayBeKnown ||= client !== null && mayIdentify(client);
    this.#covered.note(record);
    this.#open.record(record);
  }
}

const EXAMPLE_CHARACTERS = 120;
