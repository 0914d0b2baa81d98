/**
 * Stores a peer's log. A row is a connection that named its boot, was accepted without waiting, and was closed by its client. If a line is
 * missing or contradicts earlier lines, `whole` is false, and nothing may be left out.
 */
import type { PeerLogRecord } from "../domain/peer-log.ts";
import { parseIsoTime } from "../units/time.ts";
import type { RowStore } from "./row-store.ts";
import { SourceStore, type SourceLine } from "./source-store.ts";
import { SharedTexts } from "./shared-texts.ts";

interface OpenPeerConnection {
  /** Null if the connection cannot become a row. */
  readonly key: number | null;
  readonly acceptedAt: number | null;
  readonly lines: SourceLine<PeerLogRecord>[];
}

export class PeerSource {
  readonly store: SourceStore<PeerLogRecord>;
  /** For each row: the number of the peer's life in which the connection was made. */
  readonly lives: number[] = [];
  /** The log streams in hellos that have no boot id. For a connection with such a hello, the boot could only be guessed from the time. */
  readonly bootless = new Set<string>();
  readonly #rows: RowStore;
  readonly #bootNumber: (bootId: string) => number;
  readonly #open = new Map<number, OpenPeerConnection>();
  /** The numbers of connections that ended and did not become a row. Further lines about them are kept unchanged, too. */
  readonly #over = new Set<number>();
  #served: number | null = null;
  #read = 0;
  #life = 0;
  #lastNumber: number | null = null;
  #lastTime = -Infinity;

  /** `bootNumber` gives a number for each boot id, the same as in the rows of the function's log. */
  constructor(rows: RowStore, bootNumber: (bootId: string) => number) {
    this.#rows = rows;
    this.store = new SourceStore(rows, new SharedTexts().peer);
    this.#bootNumber = bootNumber;
  }

  get isEmpty(): boolean {
    return this.#read === 0;
  }

  take(record: PeerLogRecord): void {
    const line = { order: this.#read, value: record };
    this.#read += 1;
    // A server's log identifies a client by its name, which only the judgement can resolve. So nothing of such a log may be left out.
    if (record.server !== undefined) this.store.whole = false;
    const time = parseIsoTime(record.time);
    if (time === null || time < this.#lastTime) this.store.whole = false;
    this.#lastTime = time ?? this.#lastTime;
    if (record.event === "ready") return this.#ready(line);
    if (record.connection === null || time === null) return void this.store.hold(line);
    if (this.#over.has(record.connection)) return void this.store.hold(line);
    const open = this.#open.get(record.connection);
    if (open === undefined) this.#first(line, record.connection, time);
    else this.#more(line, open, record.connection, time);
  }

  finish(): void {
    for (const { lines } of this.#open.values()) this.store.hold(...lines);
    this.#open.clear();
  }

  #ready(line: SourceLine<PeerLogRecord>): void {
    this.finish();
    this.store.hold(line);
    this.#served = null;
    this.#over.clear();
    this.#life += 1;
    this.#lastNumber = null;
  }

  #first(line: SourceLine<PeerLogRecord>, number: number, time: number): void {
    const { event, hello } = line.value;
    const expected = this.#lastNumber === null ? null : this.#lastNumber + 1;
    if (expected === null ? this.#life > 0 && number !== 1 : number !== expected) this.store.whole = false;
    this.#lastNumber = number;
    if (event !== "accepted") {
      if (event === "queued") {
        this.#open.set(number, { key: null, acceptedAt: null, lines: [line] });
        // A queued connection can be accepted later than a connection that came after it.
        if (hello?.bootId == null) this.store.whole = false;
        else this.store.unordered.add(this.#bootNumber(hello.bootId));
        return;
      }
      // A client that left before its hello has only the line of its end. If the first line is any other line, earlier lines are missing.
      const unheard = (event === "closed" || event === "reset") && hello === null;
      if (event !== "refused" && !unheard) this.store.whole = false;
      this.#over.add(number);
      this.store.hold(line);
      return;
    }
    if (this.#served !== null) this.store.whole = false;
    this.#served = number;
    const bootId = hello?.bootId ?? null;
    if (bootId === null && hello?.logStream != null) this.bootless.add(hello.logStream);
    const key = bootId === null ? null : this.store.nextKey(this.#bootNumber(bootId));
    this.#open.set(number, { key, acceptedAt: time, lines: [line] });
  }

  #more(line: SourceLine<PeerLogRecord>, open: OpenPeerConnection, number: number, time: number): void {
    const { event } = line.value;
    if (event === "request") {
      if (this.#served !== number) this.store.whole = false;
      open.lines.push(line);
      return;
    }
    if (event === "accepted") {
      if (this.#served !== null || open.acceptedAt !== null) this.store.whole = false;
      this.#served = number;
      open.lines.push(line);
      return;
    }
    if (this.#served === number) this.#served = null;
    this.#open.delete(number);
    const { key, acceptedAt } = open;
    if (event !== "closed" || key === null || acceptedAt === null) {
      this.store.hold(...open.lines, line);
      this.#over.add(number);
      return;
    }
    this.lives.push(this.#life);
    this.store.add(
      {
        key,
        from: acceptedAt,
        to: time,
        extra: line.value.remote === null ? NaN : this.#rows.key(line.value.remote),
      },
      [...open.lines, line],
    );
  }
}
