/**
 * The peer's log as connections: when each was accepted, refused, ended, and which one was served at any line. Connection
 * numbers are unique only between two `ready` lines, each of which ends all earlier connections (a killed peer writes no `closed`).
 */
import { groupBy } from "../../domain/group-by.ts";
import type { PeerHello, PeerLogRecord } from "../../domain/peer-log.ts";
import { parseIsoTime } from "../../units/time.ts";
import { countHoles } from "./count-holes.ts";
import type { ObservedPeerConnection, PeerEnding } from "./environment.ts";

/** It stood in the queue until its client gave up. */
export function gaveUp(connection: ObservedPeerConnection): boolean {
  return (
    connection.queuedAt !== null &&
    connection.acceptedAt === null &&
    connection.refusedAt === null &&
    connection.endedAt !== null
  );
}

export interface PeerTimeline {
  readonly connections: readonly ObservedPeerConnection[];
  /** Those that were served, by when. */
  readonly accepted: readonly ObservedPeerConnection[];
  /** Spans in which the peer may have been down: from the last line before a `ready` to that line. */
  readonly down: readonly { readonly from: number; readonly to: number }[];
  /** Instants of `ready` lines after the first line. */
  readonly readyAt: readonly number[];
  readonly firstTime: number | null;
  readonly lastTime: number | null;
  /** Lines that ought to be there and are not: by its numbers, where they look like a count, and by what must have happened. */
  readonly missingLines: number;
  /** Among them are, or without a count may be, lines of who was served: who it was may have changed unseen. */
  readonly acceptedMissing: boolean;
  readonly numbered: boolean;
  /** Served connection after each line: index = line. */
  readonly servedAfter: readonly (ObservedPeerConnection | null)[];
  /** Time of each line, ascending. */
  readonly times: readonly number[];
}

interface Line {
  readonly time: number;
  readonly record: PeerLogRecord;
}

/** `counted`: connections that are in none of the records, by how many `ready` lines stand before them. */
export function peerTimeline(
  records: readonly PeerLogRecord[],
  counted: ReadonlyMap<number, number> = new Map(),
): PeerTimeline {
  const lines = orderedLines(records);
  const state = new TimelineFold(counted);
  lines.forEach((line, index) => state.add(line, index));
  return state.finish(lines);
}

function orderedLines(records: readonly PeerLogRecord[]): Line[] {
  const lines: Line[] = [];
  const seen = new Set<string>();
  let sorted = true;
  for (const record of records) {
    const time = parseIsoTime(record.time);
    if (time === null) continue;
    const key = `${record.event} ${record.connection ?? ""} ${time}`;
    if (record.event !== "request" && seen.has(key)) continue;
    seen.add(key);
    const last = lines.at(-1);
    if (last !== undefined && last.time > time) sorted = false;
    lines.push({ time, record });
  }
  return sorted ? lines : lines.sort((a, b) => a.time - b.time);
}

class TimelineFold {
  private readonly counted: ReadonlyMap<number, number>;
  private life = 0;
  private readonly all: ObservedPeerConnection[] = [];
  private readonly accepts: ObservedPeerConnection[] = [];
  private readonly acceptLines = new Set<ObservedPeerConnection>();
  private open = new Map<number, ObservedPeerConnection>();
  private served: ObservedPeerConnection | null = null;
  private readonly servedAfter: (ObservedPeerConnection | null)[] = [];
  private readonly down: { from: number; to: number }[] = [];
  private readonly readyAt: number[] = [];
  private lastTime: number | null = null;

  constructor(counted: ReadonlyMap<number, number>) {
    this.counted = counted;
  }

  add(line: Line, index: number): void {
    const { record, time } = line;
    if (record.event === "ready") this.ready(time, index);
    else if (record.connection !== null) this.connectionLine(record, record.connection, time, index);
    this.lastTime = time;
    this.servedAfter.push(this.served);
  }

  private ready(time: number, index: number): void {
    for (const connection of this.open.values()) end(connection, "ready", time, index);
    this.open = new Map();
    this.served = null;
    this.life += 1;
    if (this.lastTime !== null) {
      this.down.push({ from: this.lastTime, to: time });
      this.readyAt.push(time);
    }
  }

  private connectionLine(record: PeerLogRecord, number: number, time: number, index: number): void {
    const connection = this.connection(number, time);
    connection.hello = connection.hello ?? saysWho(record.hello);
    connection.remote = connection.remote ?? record.remote;
    switch (record.event) {
      case "queued":
        connection.queuedAt = time;
        return;
      case "refused":
        connection.refusedAt = time;
        connection.refusedLine = index;
        return;
      case "accepted":
        this.acceptLines.add(connection);
        this.accepted(connection, time, index);
        return;
      case "request":
        // Only who is served is heard: its `accepted` line is the one that is missing.
        if (connection.acceptedAt === null) this.accepted(connection, time, index);
        connection.requests.push(time);
        return;
      case "closed":
      case "reset":
      case "evicted":
      case "idle-timeout":
        if (connection.acceptedAt === null && (record.event === "evicted" || record.event === "idle-timeout"))
          this.accepted(connection, time, index);
        // The peer may write `evicted` and then `closed` for one connection: the first says when its place was free.
        if (connection.endedAt === null) end(connection, record.event, time, index);
        if (this.served === connection) this.served = null;
        return;
      case "ready":
        return;
    }
  }

  private accepted(connection: ObservedPeerConnection, time: number, index: number): void {
    // One at a time: a later accept says that the one before is over, even where its own line is missing.
    if (this.served !== null && this.served !== connection) end(this.served, "displaced", time, index);
    if (connection.acceptedAt === null) this.accepts.push(connection);
    connection.acceptedAt = connection.acceptedAt ?? time;
    connection.acceptedLine = connection.acceptedLine ?? index;
    this.served = connection.endedAt === null ? connection : null;
  }

  private connection(number: number, time: number): ObservedPeerConnection {
    let connection = this.open.get(number);
    if (connection === undefined) {
      connection = newConnection(this.life, number, time);
      this.open.set(number, connection);
      this.all.push(connection);
    }
    return connection;
  }

  /** Connections that were served without an `accepted` line, or said hello, left, and nothing shows how they came. */
  private unannounced(): number {
    return this.all.filter((one) =>
      one.acceptedAt === null
        ? one.endedLine !== null && one.hello !== null && one.refusedAt === null && one.queuedAt === null
        : !this.acceptLines.has(one),
    ).length;
  }

  /** Connections that left without a line of their own. */
  private displaced(): number {
    return this.accepts.filter((one) => this.acceptLines.has(one) && one.ending === "displaced").length;
  }

  finish(lines: readonly Line[]): PeerTimeline {
    const { missing, numbered } = missingNumbers(this.all, this.counted);
    return {
      connections: this.all,
      accepted: this.accepts,
      down: this.down,
      readyAt: this.readyAt,
      firstTime: lines[0]?.time ?? null,
      lastTime: this.lastTime,
      missingLines: missing + this.unannounced() + this.displaced(),
      acceptedMissing: !numbered || missing + this.unannounced() > 0,
      numbered,
      servedAfter: this.servedAfter,
      times: lines.map((line) => line.time),
    };
  }
}

function end(connection: ObservedPeerConnection, ending: PeerEnding, time: number, index: number): void {
  if (connection.endedAt !== null) return;
  connection.endedAt = time;
  connection.endedLine = index;
  connection.ending = ending;
}

/** A hello that names nothing says as little as none. */
function saysWho(hello: PeerHello | null): PeerHello | null {
  return hello === null || (hello.bootId === null && hello.logStream === null) ? null : hello;
}

function newConnection(life: number, number: number, firstAt: number): ObservedPeerConnection {
  return {
    life,
    number,
    firstAt,
    hello: null,
    remote: null,
    queuedAt: null,
    acceptedAt: null,
    acceptedLine: null,
    refusedAt: null,
    refusedLine: null,
    endedAt: null,
    endedLine: null,
    ending: null,
    requests: [],
    attempt: null,
    abandoned: false,
  };
}

/** The contract promises unique numbers only; where they visibly count, a hole is a line that is missing. */
function missingNumbers(
  connections: readonly ObservedPeerConnection[],
  counted: ReadonlyMap<number, number>,
): { missing: number; numbered: boolean } {
  const lives = groupBy(connections, ({ life }) => life);
  // Before the first `ready` line the log may begin anywhere in the peer's count.
  const holes = [...lives].map(([life, own]) =>
    countHoles(
      own.map(({ number }) => number),
      life > 0,
      counted.get(life) ?? 0,
    ),
  );
  return {
    missing: holes.reduce((sum, one) => sum + one.holes, 0),
    numbered: holes.length > 0 && holes.every((one) => one.counted),
  };
}
