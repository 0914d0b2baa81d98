/**
 * Writes the lines of the peer log for the connections of a server's log. Connections are numbered in the order in which they first occur. A
 * line that is not decided yet holds back the later ones, so the lines come in the server's order. A broken line skips a number, and the
 * missing number shows that something is missing.
 */
import type { PeerEvent, PeerLogRecord, ServerLimit, ServerLogWords } from "../domain/peer-log.ts";
import { isoTime, type EpochMs } from "../units/time.ts";
import type { ServerLogSink } from "./server-log.ts";

/** A connection of the server's log. */
export interface ServerConnection {
  number: number | null;
  remote: string | null;
  client: string | null;
  user: string | null;
  database: string | null;
  session: string | null;
}

export function newConnection(known: Partial<ServerConnection> = {}): ServerConnection {
  return { number: null, remote: null, client: null, user: null, database: null, session: null, ...known };
}

/** A line that is written when it is decided. */
export interface HeldLine {
  /** `write` false: it is not written. */
  decide(write: boolean): void;
}

interface Entry {
  record: PeerLogRecord | null;
  decided: boolean;
}

export class ConnectionLines {
  readonly #sink: ServerLogSink;
  readonly #resolutionMs: number;
  readonly #queue: Entry[] = [];
  #numbers = 0;

  constructor(sink: ServerLogSink, resolutionMs = 1) {
    this.#sink = sink;
    this.#resolutionMs = resolutionMs;
  }

  write(
    event: PeerEvent,
    connection: ServerConnection,
    { at, limit = null }: { readonly at: EpochMs; readonly limit?: ServerLimit | null },
  ): void {
    this.#queue.push({ record: this.#record(event, connection, at, limit), decided: true });
    this.#flush();
  }

  /** An `accepted` line of which a later line says whether it is true. */
  hold(connection: ServerConnection, at: EpochMs): HeldLine {
    const entry: Entry = { record: this.#record("accepted", connection, at, null), decided: false };
    this.#queue.push(entry);
    return {
      decide: (write) => {
        entry.decided = true;
        if (!write) entry.record = null;
        this.#flush();
      },
    };
  }

  /** The server has started, and with that ended all earlier connections. */
  ready(at: EpochMs): void {
    this.#numbers = 0;
    const record = {
      time: isoTime(at),
      event: "ready",
      connection: null,
      remote: null,
      hello: null,
    } as const;
    this.#queue.push({ record: { ...record, server: this.#words(newConnection(), null) }, decided: true });
    this.#flush();
  }

  lost(line: string): void {
    this.missing();
    this.#sink.lost(line);
  }

  /** A line must have been written that is not in the log. */
  missing(): void {
    this.#numbers += 1;
  }

  finish(): void {
    for (const entry of this.#queue) entry.decided = true;
    this.#flush();
  }

  #record(
    event: PeerEvent,
    connection: ServerConnection,
    at: EpochMs,
    limit: ServerLimit | null,
  ): PeerLogRecord {
    connection.number ??= this.#numbers += 1;
    return {
      time: isoTime(at),
      event,
      connection: connection.number,
      remote: connection.remote,
      hello: null,
      server: this.#words(connection, limit),
    };
  }

  #words({ client, user, database, session }: ServerConnection, limit: ServerLimit | null): ServerLogWords {
    return { client, user, database, limit, session, resolutionMs: this.#resolutionMs };
  }

  #flush(): void {
    while (this.#queue[0]?.decided === true) {
      const record = this.#queue.shift()?.record ?? null;
      if (record !== null) this.#sink.record(record);
    }
  }
}
