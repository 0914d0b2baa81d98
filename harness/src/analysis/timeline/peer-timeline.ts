/**
 * Reads the peer's log as connections. Connection numbers are unique only between two `ready` lines. A `ready` line ends all earlier
 * connections, because a killed peer writes no `closed`.
 */
import { groupBy } from "../../base/group-by.ts";
import { invariant } from "../../base/invariant.ts";
import type { PeerHello, PeerLogRecord } from "../../record/peer-log.ts";
import { ALWAYS, between, later, momentBy, type Moment, type Span } from "../../base/clocks.ts";
import { parseIsoTime } from "../../base/time.ts";
import { countHoles } from "./count-holes.ts";
import type { ObservedPeerConnection, ObservedPeerEnding } from "./environment.ts";

/** Whether the client gave up while the connection waited in the queue. */
export function gaveUp(connection: ObservedPeerConnection): boolean {
  return (
    connection.queuedAt !== null &&
    connection.acceptedAt === null &&
    connection.refusedAt === null &&
    connection.endedAt !== null
  );
}

/**
 * Returns the line from which on the client had no place: the line of its refusal, or of its arrival in the queue if it gave up there, else
 * the line of its end. For a client that gave up, the line of the end can come much later, because the peer does not read a client that
 * waits.
 */
export function turnedAwayLine(connection: ObservedPeerConnection): number | null {
  return connection.refusedLine ?? (gaveUp(connection) ? connection.firstLine : connection.endedLine);
}

/**
 * The time of the last line that shows the connection open or its end. The endings `ready` (a restart of the peer) and `displaced` (the next
 * connection) do not show when it ended.
 */
export function shownUntil({ requests, ending, endedAt }: ObservedPeerConnection): Moment<"peer"> {
  const endShown = ending !== "ready" && ending !== "displaced";
  return later(requests.at(-1) ?? ALWAYS, (endShown ? endedAt : null) ?? ALWAYS);
}

export interface PeerTimeline {
  readonly connections: readonly ObservedPeerConnection[];
  /** The connections that were served, in order of time. */
  readonly accepted: readonly ObservedPeerConnection[];
  /** Spans in which the peer may have been down: from the last line before a `ready` line to that `ready` line. */
  readonly down: readonly Span<Moment<"peer">>[];
  /** The times of the `ready` lines, except a `ready` line that is the first line of the log. */
  readonly readyAt: readonly Moment<"peer">[];
  readonly firstTime: Moment<"peer"> | null;
  readonly lastTime: Moment<"peer"> | null;
  /** Counts gaps in the connection numbers, and events that must have happened but have no line. */
  readonly missingLines: number;
  /** Whether `accepted` lines are missing, or may be missing because the connection numbers are not counted up one by one. */
  readonly acceptedMissing: boolean;
  /** Whether the connection numbers are counted up one by one. */
  readonly numbered: boolean;
  /** Whether a real server wrote the log. The server may have many more places than the function's limit allows. */
  readonly ofServer: boolean;
  /**
   * Whether the log shows the ends of connections. A real server writes them only if its settings say so (Postgres: `log_disconnections`). In
   * a server's log without any end, a connection without an end may have ended at any time.
   */
  readonly endsShown: boolean;
  /** The connection that the peer served after each line. With several places: the one that was accepted last, and null after its end. */
  readonly servedAfter: readonly (ObservedPeerConnection | null)[];
  /** The time of each line, ascending. */
  readonly times: readonly Moment<"peer">[];
}

interface TimedPeerRecord {
  readonly time: Moment<"peer">;
  readonly record: PeerLogRecord;
}

interface PeerTimelineOptions {
  readonly single?: boolean;
  readonly ofServer?: boolean;
}

export function peerTimeline(
  records: Iterable<PeerLogRecord>,
  { single = true, ofServer = false }: PeerTimelineOptions = {},
): PeerTimeline {
  const timeline = (
    foldInOrder(timed(records), single) ??
    foldInOrder(
      [...timed(records)].sort((a, b) => between(b.time, a.time)),
      single,
    )
  )?.finish();
  invariant(timeline !== undefined, "sorted lines are in order");
  const endsShown =
    !ofServer || timeline.accepted.some(({ ending }) => ending !== null && ending !== "ready");
  return { ...timeline, ofServer, endsShown };
}

/** Null if the lines are not in order of time. A line that is there twice, except a request, counts once. */
function foldInOrder(lines: Iterable<TimedPeerRecord>, single: boolean): TimelineFold | null {
  const fold = new TimelineFold(single);
  let now: Moment<"peer"> = ALWAYS;
  /** The lines of this moment. Two lines of different moments are not the same. */
  const seen = new Set<string>();
  for (const line of lines) {
    const { record, time } = line;
    if (time < now) return null;
    if (time !== now) seen.clear();
    now = time;
    const key = `${record.event} ${record.connection ?? ""}`;
    if (record.event !== "request" && seen.has(key)) continue;
    seen.add(key);
    fold.add(line);
  }
  return fold;
}

function* timed(records: Iterable<PeerLogRecord>): Generator<TimedPeerRecord> {
  for (const record of records) {
    const time = momentBy("peer", parseIsoTime(record.time));
    if (time !== null) yield { time: time, record };
  }
}

class TimelineFold {
  readonly #single: boolean;
  #life = 0;
  readonly #all: ObservedPeerConnection[] = [];
  readonly #accepts: ObservedPeerConnection[] = [];
  readonly #acceptLines = new Set<ObservedPeerConnection>();
  #open = new Map<number, ObservedPeerConnection>();
  #served: ObservedPeerConnection | null = null;
  readonly #servedAfter: (ObservedPeerConnection | null)[] = [];
  readonly #down: Span<Moment<"peer">>[] = [];
  readonly #readyAt: Moment<"peer">[] = [];
  readonly #times: Moment<"peer">[] = [];

  constructor(single: boolean) {
    this.#single = single;
  }

  add({ record, time }: TimedPeerRecord): void {
    const index = this.#times.push(time) - 1;
    if (record.event === "ready") this.#ready(time, index);
    else if (record.connection !== null) this.#connectionLine(record, record.connection, time, index);
    this.#servedAfter.push(this.#served);
  }

  #ready(time: Moment<"peer">, index: number): void {
    for (const connection of this.#open.values()) end(connection, "ready", time, index);
    this.#open = new Map();
    this.#served = null;
    this.#life += 1;
    const before = this.#times.at(-2);
    if (before !== undefined) {
      this.#down.push({ from: before, to: time });
      this.#readyAt.push(time);
    }
  }

  #connectionLine(record: PeerLogRecord, number: number, time: Moment<"peer">, index: number): void {
    const connection = this.#connection(number, time, index);
    connection.hello = connection.hello ?? identifyingHello(record.hello);
    connection.remote = connection.remote ?? record.remote;
    switch (record.event) {
      case "queued":
        connection.queuedAt = time;
        return;
      case "refused":
        connection.refusedAt = time;
        connection.refusedLine = index;
        connection.limit = record.server?.limit ?? null;
        return;
      case "accepted":
        this.#acceptLines.add(connection);
        this.#accepted(connection, time, index);
        return;
      case "request":
        // The peer reads requests only from a connection that it serves, so the `accepted` line is missing.
        if (connection.acceptedAt === null) this.#accepted(connection, time, index);
        connection.requests = [...connection.requests, time];
        return;
      case "closed":
      case "reset":
      case "evicted":
      case "idle-timeout":
        if (connection.acceptedAt === null && (record.event === "evicted" || record.event === "idle-timeout"))
          this.#accepted(connection, time, index);
        // The peer can write `evicted` and then `closed`. The place was free from `evicted` on.
        if (connection.endedAt === null) end(connection, record.event, time, index);
        if (this.#served === connection) this.#served = null;
        return;
      case "ready":
        return;
    }
  }

  #accepted(connection: ObservedPeerConnection, time: Moment<"peer">, index: number): void {
    // With one place, a later `accepted` line shows that the earlier connection is over.
    if (this.#single && this.#served !== null && this.#served !== connection)
      end(this.#served, "displaced", time, index);
    if (connection.acceptedAt === null) this.#accepts.push(connection);
    connection.acceptedAt = connection.acceptedAt ?? time;
    connection.acceptedLine = connection.acceptedLine ?? index;
    this.#served = connection.endedAt === null ? connection : null;
  }

  #connection(number: number, time: Moment<"peer">, index: number): ObservedPeerConnection {
    let connection = this.#open.get(number);
    if (connection === undefined) {
      connection = newConnection(this.#life, { number, firstAt: time, firstLine: index });
      this.#open.set(number, connection);
      this.#all.push(connection);
    }
    return connection;
  }

  /**
   * Counts connections whose first line is missing. Either the peer served them without an `accepted` line, or the line of their end has a
   * hello and no line came before it.
   */
  #unannouncedCount(): number {
    return this.#all.filter((one) =>
      one.acceptedAt === null
        ? one.endedLine !== null && one.hello !== null && one.refusedAt === null && one.queuedAt === null
        : !this.#acceptLines.has(one),
    ).length;
  }

  #displacedCount(): number {
    return this.#accepts.filter((one) => this.#acceptLines.has(one) && one.ending === "displaced").length;
  }

  finish(): Omit<PeerTimeline, "ofServer" | "endsShown"> {
    const { missing, numbered } = missingNumbers(this.#all);
    return {
      connections: this.#all,
      accepted: this.#accepts,
      down: this.#down,
      readyAt: this.#readyAt,
      firstTime: this.#times[0] ?? null,
      lastTime: this.#times.at(-1) ?? null,
      missingLines: missing + this.#unannouncedCount() + this.#displacedCount(),
      acceptedMissing: !numbered || missing + this.#unannouncedCount() > 0,
      numbered,
      servedAfter: this.#servedAfter,
      times: this.#times,
    };
  }
}

function end(
  connection: ObservedPeerConnection,
  ending: ObservedPeerEnding,
  time: Moment<"peer">,
  index: number,
): void {
  if (connection.endedAt !== null) return;
  connection.endedAt = time;
  connection.endedLine = index;
  connection.ending = ending;
}

/** Null if the hello names neither a boot nor a log stream. */
function identifyingHello(hello: PeerHello | null): PeerHello | null {
  return hello === null || (hello.bootId === null && hello.logStream === null) ? null : hello;
}

const NO_REQUESTS: ObservedPeerConnection["requests"] = [];

function newConnection(
  life: number,
  first: Pick<ObservedPeerConnection, "number" | "firstAt" | "firstLine">,
): ObservedPeerConnection {
  return {
    life,
    ...first,
    hello: null,
    remote: null,
    queuedAt: null,
    acceptedAt: null,
    acceptedLine: null,
    refusedAt: null,
    refusedLine: null,
    limit: null,
    endedAt: null,
    endedLine: null,
    ending: null,
    requests: NO_REQUESTS,
    attempt: null,
    abandoned: false,
  };
}

function missingNumbers(connections: readonly ObservedPeerConnection[]): {
  missing: number;
  numbered: boolean;
} {
  const lives = groupBy(connections, ({ life }) => life);
  // The log may begin in the middle of the peer's life. So before the first `ready` line, the lowest number can be any number.
  const holes = [...lives].map(([life, own]) =>
    countHoles(
      own.map(({ number }) => number),
      life > 0,
    ),
  );
  return {
    missing: holes.reduce((sum, one) => sum + one.holes, 0),
    numbered: holes.length > 0 && holes.every((one) => one.counted),
  };
}
