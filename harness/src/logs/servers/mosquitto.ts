/**
 * Mosquitto's log. Each line begins with the time: seconds since 1970, or what `log_timestamp_format` says. In both forms, the time has whole
 * seconds. A client is known by its client id.
 */
import type { PeerEnding } from "../../record/peer-log.ts";
import { epochMs, type EpochMs } from "../../base/time.ts";
import { ConnectionLines, newConnection, type ServerConnection } from "./connection-lines.ts";
import { isoLikeTime } from "./iso-like-time.ts";
import type { LogClock } from "./log-clock.ts";
import type { ServerLog, ServerLogReader, ServerLogSink } from "./server-log.ts";

export const mosquitto: ServerLog = {
  kind: "mosquitto",
  begins: (line) => {
    const found = LINE.exec(line);
    return found !== null && OF_MOSQUITTO.test(found[2] ?? "");
  },
  timeOf: (line, clock) => timeIn(LINE.exec(line)?.[1] ?? "", clock),
  reader: (clock, sink) => new MosquittoReader(clock, sink),
};

const LINE = /^(\d{10}|\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:Z|[+-]\d\d:?\d\d)?): (.*)$/;
const OF_MOSQUITTO =
  /^(?:mosquitto version \S+ (?:starting|running|terminating)|New (?:bridge )?connection from |New client connected from |Client .* (?:disconnected|closed its connection|already connected, closing old connection|has exceeded timeout, disconnecting)|Opening ipv[46] listen socket|Config loaded from )/;
const CONNECTED = /^New client connected from (\S+) as (.*) \(p\d+, c\d+, k\d+(?:\)\.?$|, u'(.*))/;
/** The end of a line with a user. */
const USER = /^(.*)'\)\.?$/;
/** The first group is the client id. */
const ENDS: readonly (readonly [RegExp, PeerEnding])[] = [
  [/^Client (.*) already connected, closing old connection\.?$/, "evicted"],
  [/^Client (.*) has exceeded timeout, disconnecting\.?$/, "idle-timeout"],
  [/^Client (.*) disconnected due to /, "idle-timeout"],
  [/^Client (.*) disconnected\.?$/, "closed"],
  [/^Client (.*) closed its connection\.?$/, "closed"],
  [/^Socket error on client (.*), disconnecting\.?$/, "reset"],
  [/^Client (.*) disconnected: /, "reset"],
];

function timeIn(text: string, clock: LogClock): EpochMs | null {
  if (/^\d{10}$/.test(text)) return epochMs(Number(text) * 1_000);
  const [, time = "", zone = ""] = /^(.{19})(.*)$/.exec(text) ?? [];
  return isoLikeTime(clock, time, zone === "" ? null : zone);
}

class MosquittoReader implements ServerLogReader {
  readonly #clock: LogClock;
  readonly #lines: ConnectionLines;
  readonly #open = new Map<string, ServerConnection>();

  constructor(clock: LogClock, sink: ServerLogSink) {
    this.#clock = clock;
    this.#lines = new ConnectionLines(sink, 1_000);
  }

  line(text: string): void {
    if (text === "") return;
    const found = LINE.exec(text);
    const at = found === null ? null : timeIn(found[1] ?? "", this.#clock);
    if (found === null || at === null) return this.#lines.lost(text);
    this.#said(found[2] ?? "", at);
  }

  finish(): void {
    this.#lines.finish();
  }

  #said(message: string, at: EpochMs): void {
    if (/^mosquitto version \S+ running/.test(message)) {
      this.#open.clear();
      return this.#lines.ready(at);
    }
    const connected = CONNECTED.exec(message);
    if (connected !== null) return this.#connected(connected, at);
    if (/^Client connection from \S+ denied: max_connections exceeded/.test(message))
      return this.#lines.write("refused", newConnection(), { at, limit: "server" });
    for (const [form, ending] of ENDS) {
      const id = form.exec(message)?.[1];
      const connection = id === undefined ? undefined : this.#open.get(id);
      if (id === undefined) continue;
      // If the connection was opened before the log begins, it is not known here.
      if (connection !== undefined) this.#lines.write(ending, connection, { at });
      this.#open.delete(id);
      return;
    }
  }

  #connected(found: RegExpExecArray, at: EpochMs): void {
    const [remote = null, id = "", withUser = ""] = found.slice(1) as (string | undefined)[];
    const user = USER.exec(withUser)?.[1] ?? null;
    const before = this.#open.get(id);
    if (before !== undefined) {
      // A client id has at most one connection, so the earlier connection has ended, and the log lacks the line about its end.
      this.#lines.write("closed", before, { at });
      this.#lines.missing();
    }
    const connection = newConnection({ remote, client: id, user });
    this.#open.set(id, connection);
    this.#lines.write("accepted", connection, { at });
  }
}
