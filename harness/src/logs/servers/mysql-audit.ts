/**
 * The events of the kind CONNECT (connects, failed connects and disconnects) in the log of MariaDB's plugin server_audit
 * (https://mariadb.com/kb/en/mariadb-audit-plugin-log-format/). Amazon RDS and Aurora have this plugin for MySQL, too. Times have whole
 * seconds, on Aurora microseconds. The only name of a client is its account.
 */
import type { ServerLimit } from "../../record/peer-log.ts";
import { epochMs, type EpochMs } from "../../base/time.ts";
import { ConnectionLines, newConnection, type ServerConnection } from "./connection-lines.ts";
import { isoLikeTime } from "./iso-like-time.ts";
import type { LogClock } from "./log-clock.ts";
import type { ServerLog, ServerLogReader, ServerLogSink } from "./server-log.ts";

export const mysqlAudit: ServerLog = {
  kind: "mysql-audit",
  begins: (line) => LINE.test(line),
  timeOf: (line, clock) => timeIn(LINE.exec(line)?.[1] ?? "", clock),
  reader: (clock, sink) => new AuditReader(clock, sink),
};

/** Time, server, user, host, connection id, query id, operation, database, object, code. Aurora's time has microseconds since 1970. */
const LINE =
  /^(\d{8} \d\d:\d\d:\d\d|\d{16}),([^,]*),('(?:[^'\\]|\\.)*'|[^,]*),([^,]*),(\d+),(\d+),(CONNECT|FAILED_CONNECT|DISCONNECT|QUERY|TABLE|CREATE|DROP|ALTER|RENAME|READ|WRITE|CHANGEUSER|PROXY_CONNECT),(.*)$/;

/** 1040: the server's own limit. 1203: the limit that every account has. 1226: an account's own limit. */
const LIMITS: Readonly<Record<string, ServerLimit>> = { 1040: "server", 1203: "user", 1226: "user" };

function timeIn(text: string, clock: LogClock): EpochMs | null {
  if (/^\d{16}$/.test(text)) return epochMs(Math.floor(Number(text) / 1_000));
  return isoLikeTime(clock, text.replace(/^(\d{4})(\d\d)(\d\d)/, "$1-$2-$3"), null);
}

class AuditReader implements ServerLogReader {
  readonly #clock: LogClock;
  readonly #sink: ServerLogSink;
  #lines: ConnectionLines | null = null;
  readonly #open = new Map<string, ServerConnection>();

  constructor(clock: LogClock, sink: ServerLogSink) {
    this.#clock = clock;
    this.#sink = sink;
  }

  line(text: string): void {
    const found = LINE.exec(text);
    if (found === null) {
      // A line without a time at its beginning continues the text of a query, which can have line breaks.
      if (/^(?:\d{8} \d\d:|\d{16},)/.test(text)) this.#lost(text);
      return;
    }
    const [, time = "", , user = "", , session = "", , operation = "", rest = ""] = found;
    const at = timeIn(time, this.#clock);
    if (at === null) return this.#lost(text);
    this.#lines ??= new ConnectionLines(this.#sink, time.length === 16 ? 1 : 1_000);
    const code = rest.slice(rest.lastIndexOf(",") + 1);
    this.#said(this.#lines, { at, session, operation, code, user: unquoted(user) });
  }

  finish(): void {
    this.#lines?.finish();
  }

  #said(
    lines: ConnectionLines,
    said: {
      readonly at: EpochMs;
      readonly session: string;
      readonly operation: string;
      readonly code: string;
      readonly user: string | null;
    },
  ): void {
    const { at, session, operation, code, user } = said;
    const connection = newConnection({ session: session === "0" ? null : session, user, client: user });
    if (operation === "CONNECT" && code === "0") {
      this.#open.set(session, connection);
      return lines.write("accepted", connection, { at });
    }
    if (operation === "CONNECT" || operation === "FAILED_CONNECT") {
      const limit = LIMITS[code];
      return limit === undefined
        ? lines.write("closed", { ...connection, client: null }, { at })
        : lines.write("refused", connection, { at, limit });
    }
    if (operation !== "DISCONNECT") return;
    // If the server is full and refuses a client, it writes only a DISCONNECT line about the client, without a connection id or an account.
    // The DISCONNECT line of a client that left before its login has an id, but no account.
    if (session === "0") return lines.write("refused", connection, { at, limit: "server" });
    const open = this.#open.get(session);
    if (open !== undefined) lines.write("closed", open, { at });
    this.#open.delete(session);
  }

  #lost(text: string): void {
    if (this.#lines === null) this.#sink.lost(text);
    else this.#lines.lost(text);
  }
}

function unquoted(text: string): string | null {
  const plain = text.startsWith("'") ? text.slice(1, -1) : text;
  return plain === "" ? null : plain;
}
