/** Writes peer log lines for the connections in a server's log, in that log's order. An unreadable line leaves a gap in the numbers. */
import type { PeerEvent, PeerLogRecord, ServerLimit, ServerLogWords } from "../../record/peer-log.ts";
import { isoTime, type EpochMs } from "../../base/time.ts";
import type { ServerLogSink } from "./server-log.ts";

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

/** A line that waits until it is known whether it will be written. */
export interface HeldLine {
  decide(write: boolean): void;
}

interface ConnectionEntry {
  record: PeerLogRecord | null;
  decided: boolean;
}

export class ConnectionLines {
  readonly #sink: ServerLogSink;
  readonly #resolutionMs: number;
  readonly #queue: ConnectionEntry[] = [];
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

  /** Adds an `accepted` line that is not certain: a later line of the server's log shows whether the client was accepted. */
  hold(connection: ServerConnection, at: EpochMs): HeldLine {
    const entry: ConnectionEntry = { record: this.#record("accepted", connection, at, null), decided: false };
    this.#queue.push(entry);
    return {
      decide: (write) => {
        entry.decided = true;
        if (!write) entry.record = null;
        this.#flush();
      },
    };
  }

  /** Writes the `ready` line: the server has started again, so all earlier connections have ended. */
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

  /** Skips a number, because the server's log lacks a line. */
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
