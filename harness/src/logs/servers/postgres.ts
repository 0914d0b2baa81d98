/** Postgres's usual log. Its log_line_prefix must have a time (%m, %t or %n) and the process (%p or %c). */
import { epochMs, type EpochMs } from "../../base/time.ts";
import { ConnectionLines } from "./connection-lines.ts";
import type { LogClock } from "./log-clock.ts";
import { PostgresConnections } from "./postgres-connections.ts";
import { isoLikeTime } from "./iso-like-time.ts";
import type { ServerLog, ServerLogReader, ServerLogSink } from "./server-log.ts";

export const postgres: ServerLog = {
  kind: "postgres",
  begins: (line) => {
    const found = MESSAGE.exec(line);
    return found !== null && (hasTime(found[1] ?? "") || OF_CONNECTION.test(found[3] ?? ""));
  },
  timeOf: (line, clock) => timeIn(MESSAGE.exec(line)?.[1] ?? "", clock),
  reader: (clock, sink) => new StderrReader(clock, sink),
};

/** The prefix, the severity and the message. Two spaces follow the colon. */
const MESSAGE =
  /^(.*?)(DEBUG[1-5]?|INFO|NOTICE|WARNING|ERROR|LOG|FATAL|PANIC|DETAIL|HINT|QUERY|CONTEXT|LOCATION|STATEMENT|BACKTRACE): {2}([^]*)/;
/** Lines about connections. A log in which such a line cannot be read is incomplete. */
const OF_CONNECTION =
  /^(?:connection (?:received|authorized)|replication connection authorized|disconnection: |too many connections for |sorry, too many clients|remaining connection slots|database system is ready)/;
const TIME = /(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?) ([A-Za-z]{1,6}|[+-]\d\d(?::?\d\d)?)/;
const EPOCH = /(?:^|\D)(\d{10}\.\d{3})(?:\D|$)/;

function timeIn(prefix: string, clock: LogClock): EpochMs | null {
  const shown = TIME.exec(prefix);
  if (shown !== null) return isoLikeTime(clock, shown[1] ?? "", shown[2] ?? null);
  const epoch = EPOCH.exec(prefix);
  return epoch === null ? null : epochMs(Math.round(Number(epoch[1]) * 1_000));
}

function hasTime(prefix: string): boolean {
  return TIME.test(prefix) || EPOCH.test(prefix);
}

class StderrReader implements ServerLogReader {
  readonly #clock: LogClock;
  readonly #sink: ServerLogSink;
  #lines: ConnectionLines | null = null;
  #connections: PostgresConnections | null = null;

  constructor(clock: LogClock, sink: ServerLogSink) {
    this.#clock = clock;
    this.#sink = sink;
  }

  line(text: string): void {
    const found = MESSAGE.exec(text);
    if (found === null) {
      if (text !== "" && !/^\s/.test(text)) this.#lost(text);
      return;
    }
    const [, prefix = "", , message = ""] = found;
    const at = timeIn(prefix, this.#clock);
    const pid = pidOf(prefix);
    if (at !== null && pid !== null) this.#of(prefix).take({ at, pid, message, client: clientOf(prefix) });
    else if (OF_CONNECTION.test(message)) this.#lost(text);
  }

  finish(): void {
    this.#connections?.finish();
  }

  /** The first line shows how exact the times are: %t has whole seconds, %m and %n have milliseconds. */
  #of(prefix: string): PostgresConnections {
    if (this.#connections === null) {
      const shown = TIME.exec(prefix)?.[1];
      this.#lines = new ConnectionLines(this.#sink, shown === undefined || shown.includes(".") ? 1 : 1_000);
      this.#connections = new PostgresConnections(this.#lines);
    }
    return this.#connections;
  }

  #lost(text: string): void {
    if (this.#lines === null) this.#sink.lost(text);
    else this.#lines.lost(text);
  }
}

/** %p is usually in brackets. %c has the start time and the pid in hexadecimal. */
function pidOf(prefix: string): string | null {
  const rest = prefix.replace(TIME, " ");
  const plain = /\[(\d+)(?:-\d+)?\]|\bpid[=:] ?(\d+)/i.exec(rest);
  if (plain !== null) return plain[1] ?? plain[2] ?? null;
  const session = /\b[0-9a-f]{8}\.([0-9a-f]{1,8})\b/.exec(rest);
  if (session !== null) return String(Number.parseInt(session[1] ?? "", 16));
  return /^\s*(\d+)\s/.exec(rest)?.[1] ?? null;
}

/** Returns null if there is no name. Before the client is served, `app=%a` is [unknown]. */
function clientOf(prefix: string): string | null {
  const name = /\b(?:app|application|application_name)=(\S+)/.exec(prefix)?.[1]?.replace(/,$/, "") ?? null;
  return name === null || name === "[unknown]" ? null : name;
}
