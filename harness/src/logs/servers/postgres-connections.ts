/**
 * Follows the connections in Postgres's log (docs/servers.md#server-logs-as-evidence). Lines with the same pid are about one connection. A
 * client can be authorized and then refused, so a connection counts as served only when a later line shows this, or when five seconds have
 * passed.
 */
import type { PeerEnding, ServerLimit } from "../../record/peer-log.ts";
import { epochMs, type EpochMs } from "../../base/time.ts";
import {
  newConnection,
  type ConnectionLines,
  type HeldLine,
  type ServerConnection,
} from "./connection-lines.ts";

export interface PostgresEntry {
  readonly at: EpochMs;
  readonly pid: string;
  readonly message: string;
  /** The client's name for itself. Null if the form of the log does not show it. */
  readonly client: string | null;
}

interface Backend {
  readonly connection: ServerConnection;
  authorizedAt: EpochMs | null;
  held: HeldLine | null;
  served: boolean;
  ending: PeerEnding;
}

/** If a client is refused after it was authorized, the refusal is logged within this time. */
const REFUSED_WITHIN_MS = 5_000;

export class PostgresConnections {
  readonly #lines: ConnectionLines;
  readonly #backends = new Map<string, Backend>();
  readonly #undecided = new Set<Backend>();

  constructor(lines: ConnectionLines) {
    this.#lines = lines;
  }

  take({ at, pid, message, client }: PostgresEntry): void {
    for (const backend of this.#undecided)
      if (at - (backend.authorizedAt ?? at) > REFUSED_WITHIN_MS) this.#serve(backend);
    if (message.startsWith("database system is ready to accept connections")) return this.#ready(at);
    const received = RECEIVED.exec(message);
    if (received !== null) return this.#received(pid, at, addressOf(received[1], received[2]));
    const authorized = AUTHORIZED.exec(message);
    if (authorized !== null) {
      const { user, database, name } = authorizedNames(authorized[1] ?? "");
      return this.#authorized(pid, at, { user, database, client: name ?? client });
    }
    const gone = DISCONNECTED.exec(message);
    if (gone !== null) return this.#disconnected(pid, at, { gone, client });
    const backend = this.#backends.get(pid);
    const limit = limitOf(message);
    if (limit !== null) return this.#refused(pid, at, { ...limit, client });
    if (backend === undefined) return;
    // A server that is starting or stopping serves nobody. A peer log line about this client would say that the server is up, so none is
    // written.
    if (message.startsWith("the database system is ") && backend.authorizedAt === null) {
      this.#backends.delete(pid);
      return;
    }
    if (DENIED.test(message) && !backend.served) return this.#denied(pid, at, backend);
    if (ENDED_BY_SERVER.test(message)) backend.ending = "idle-timeout";
    else if (/^could not receive data from client: .*reset/i.test(message)) backend.ending = "reset";
    else if (/^could not receive data from client: .*tim/i.test(message)) backend.ending = "idle-timeout";
    // `connection authenticated` and similar lines come before the server's answer to the login; any other line is about a client that is
    // served.
    else if (backend.held !== null && !message.startsWith("connection ")) this.#serve(backend);
  }

  finish(): void {
    for (const backend of this.#undecided) this.#serve(backend);
    this.#lines.finish();
  }

  #ready(at: EpochMs): void {
    for (const backend of this.#undecided) this.#serve(backend);
    this.#backends.clear();
    this.#lines.ready(at);
  }

  #received(pid: string, at: EpochMs, remote: string | null): void {
    this.#forget(pid, at);
    this.#backends.set(pid, newBackend(newConnection({ remote })));
  }

  #authorized(pid: string, at: EpochMs, who: Pick<ServerConnection, "user" | "database" | "client">): void {
    let backend = this.#backends.get(pid);
    if (backend === undefined || backend.authorizedAt !== null) {
      this.#forget(pid, at);
      backend = newBackend(newConnection());
      this.#backends.set(pid, backend);
    }
    Object.assign(backend.connection, who);
    backend.authorizedAt = at;
    backend.held = this.#lines.hold(backend.connection, at);
    this.#undecided.add(backend);
  }

  #serve(backend: Backend): void {
    this.#undecided.delete(backend);
    backend.served = true;
    backend.held?.decide(true);
    backend.held = null;
  }

  #refused(
    pid: string,
    at: EpochMs,
    { limit, user, database, client }: ReachedLimit & { readonly client: string | null },
  ): void {
    const backend = this.#backends.get(pid) ?? newBackend(newConnection());
    const { connection } = backend;
    connection.user ??= user;
    connection.database ??= database;
    connection.client ??= client;
    this.#undecided.delete(backend);
    backend.held?.decide(false);
    this.#lines.write("refused", connection, { at, limit });
    this.#backends.delete(pid);
  }

  /** A client with a wrong password or an unknown name took no place, and the log has no later line about it. */
  #denied(pid: string, at: EpochMs, backend: Backend): void {
    this.#undecided.delete(backend);
    backend.held?.decide(false);
    const { connection } = backend;
    this.#lines.write("closed", { ...connection, client: null }, { at });
    this.#backends.delete(pid);
  }

  #disconnected(
    pid: string,
    at: EpochMs,
    { gone, client }: { readonly gone: RegExpExecArray; readonly client: string | null },
  ): void {
    const [, hours, minutes, seconds, names = "", host, port] = gone;
    const [user, database] = splitAt(names, " database=");
    const known = this.#backends.get(pid);
    if (known?.authorizedAt != null) {
      this.#serve(known);
      this.#lines.write(known.ending, known.connection, { at });
    } else {
      // The connection was opened before the log begins. The line says how long it was open.
      const lasted = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1_000;
      const connection = newConnection({ user, database, client, remote: addressOf(host, port) });
      this.#lines.write("accepted", connection, { at: epochMs(Math.max(0, Math.floor(at - lasted))) });
      this.#lines.write(known?.ending ?? "closed", connection, { at });
    }
    this.#backends.delete(pid);
  }

  /** The earlier connection with this pid has ended, although the log lacks the line about its end. */
  #forget(pid: string, at: EpochMs): void {
    const before = this.#backends.get(pid);
    if (before?.authorizedAt == null) return;
    this.#serve(before);
    this.#lines.write(before.ending, before.connection, { at });
    this.#lines.missing();
    this.#backends.delete(pid);
  }
}

function newBackend(connection: ServerConnection): Backend {
  return { connection, authorizedAt: null, held: null, served: false, ending: "closed" };
}

const RECEIVED = /^connection received: host=(\S+)(?: port=(\d+))?/;
const AUTHORIZED = /^(?:replication )?connection authorized: user=(.*)$/;
const DISCONNECTED =
  /^disconnection: session time: (\d+):(\d+):(\d+(?:\.\d+)?) user=(.*) host=(\S+)(?: port=(\d+))?$/;
const DENIED =
  /^(?:\S+ authentication failed|no pg_hba\.conf entry|database ".*" does not exist|role ".*" does not exist|role ".*" is not permitted to log in|the database system is |permission denied for database|pg_hba\.conf rejects|unsupported frontend protocol|connection requires a valid client certificate)/;
const ENDED_BY_SERVER =
  /^(?:terminating connection due to |canceling authentication due to timeout|connection to client lost)/;

/**
 * Reads `USER database=DATABASE application_name=NAME SSL enabled (…) GSS (…)`, in which only the user is always present. One regular expression
 * for all of this would need exponential time for a hostile name.
 */
function authorizedNames(text: string): {
  readonly user: string;
  readonly database: string | null;
  readonly name: string | null;
} {
  const encrypted = text.endsWith(")") ? text.search(/ (?:SSL enabled|GSS) \(/) : -1;
  const [before, name] = splitAt(encrypted === -1 ? text : text.slice(0, encrypted), " application_name=");
  const [user, database] = splitAt(before, " database=");
  return { user, database, name };
}

function splitAt(text: string, mark: string): readonly [string, string | null] {
  const at = text.indexOf(mark);
  return at === -1 ? [text, null] : [text.slice(0, at), text.slice(at + mark.length)];
}

interface ReachedLimit {
  readonly limit: ServerLimit;
  readonly user: string | null;
  readonly database: string | null;
}

function limitOf(message: string): ReachedLimit | null {
  const named = /^too many connections for (role|database) "(.*)"$/.exec(message);
  if (named?.[1] === "role") return { limit: "user", user: named[2] ?? null, database: null };
  if (named?.[1] === "database") return { limit: "database", user: null, database: named[2] ?? null };
  const server = /^(?:sorry, too many clients already|remaining connection slots are reserved)/.test(message);
  return server ? { limit: "server", user: null, database: null } : null;
}

/** Returns null for a client of a Unix socket, which has no port. */
function addressOf(host: string | undefined, port: string | undefined): string | null {
  return host === undefined || port === undefined ? null : `${host}:${port}`;
}
