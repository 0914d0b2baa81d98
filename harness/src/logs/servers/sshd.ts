/**
 * OpenSSH's log at `LogLevel VERBOSE`. MaxStartups limits only connections that are not logged in, so a refusal by MaxStartups does not
 * show how many places the server has.
 */
import type { PeerEnding } from "../../record/peer-log.ts";
import type { EpochMs } from "../../base/time.ts";
import { ConnectionLines, newConnection, type ServerConnection } from "./connection-lines.ts";
import { isoLikeTime } from "./iso-like-time.ts";
import type { LogClock } from "./log-clock.ts";
import type { ServerLog, ServerLogReader, ServerLogSink } from "./server-log.ts";

export const sshd: ServerLog = {
  kind: "sshd",
  begins: (line) => LINE.test(line),
  timeOf(line, clock) {
    const found = LINE.exec(line);
    return found === null ? null : timeIn(found, clock);
  },
  reader: (clock, sink) => new SshdReader(clock, sink),
};

/** The time is `Nov 25 01:02:03`, or ISO 8601. */
const LINE =
  /^(?:<\d+>)?(?:(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,9})?)(Z|[+-]\d\d:?\d\d)?|([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d):(\d\d):(\d\d)) \S+ sshd(?:-session)?(?:\[\d+\])?: (.*)$/;
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const ACCEPTED = /^Accepted \S+ for (.*) from (\S+) port (\d+)(?: ssh2|$)/;
const DROPPED = /^drop connection #\d+ from \[([^\]]*)\]:(\d+) .*past (?:MaxStartups|PerSource)/;
/** The last two groups are address and port. */
const ENDS: readonly (readonly [RegExp, PeerEnding])[] = [
  [/^Received disconnect from (\S+) port (\d+):/, "closed"],
  [/^Disconnected from (?:user .* |authenticating user .* |invalid user .* )?(\S+) port (\d+)/, "closed"],
  [/^Connection closed by (?:user .* |authenticating user .* |invalid user .* )?(\S+) port (\d+)/, "closed"],
  [/^Connection reset by (?:user .* |authenticating user .* |invalid user .* )?(\S+) port (\d+)/, "reset"],
  [/^Timeout, client not responding from (?:user .* )?(\S+) port (\d+)/, "idle-timeout"],
  [/^Disconnecting (?:user .* |authenticating user .* |invalid user .* )?(\S+) port (\d+)/, "idle-timeout"],
];

function timeIn(found: RegExpExecArray, clock: LogClock): EpochMs | null {
  if (found[1] !== undefined) return isoLikeTime(clock, found[1], found[2] ?? null);
  const [day, hour, minute, second] = found.slice(4, 8).map(Number) as [number, number, number, number];
  const time = { month: MONTHS.indexOf(found[3] ?? "") + 1, day, hour, minute, second, millisecond: 0 };
  const year = clock.yearOf(time);
  return year === null ? null : clock.instant({ year, ...time }, null);
}

class SshdReader implements ServerLogReader {
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
    // The system's log has lines of other programs too.
    if (found === null) return;
    const at = timeIn(found, this.#clock);
    const message = found[8] ?? "";
    if (at === null) {
      if (ACCEPTED.test(message)) this.#sink.lost(text);
      return;
    }
    this.#lines ??= new ConnectionLines(this.#sink, found[1]?.includes(".") === true ? 1 : 1_000);
    this.#said(this.#lines, message, at);
  }

  finish(): void {
    this.#lines?.finish();
  }

  #said(lines: ConnectionLines, message: string, at: EpochMs): void {
    if (message.startsWith("Server listening on ")) return;
    const accepted = ACCEPTED.exec(message);
    if (accepted !== null) {
      const [, user = null, host, port] = accepted;
      const remote = `${host}:${port}`;
      const connection = newConnection({ remote, user, client: user });
      this.#open.set(remote, connection);
      return lines.write("accepted", connection, { at });
    }
    const dropped = DROPPED.exec(message);
    if (dropped !== null) {
      const connection = newConnection({ remote: `${dropped[1]}:${dropped[2]}` });
      return lines.write("refused", connection, { at, limit: "none" });
    }
    for (const [form, ending] of ENDS) {
      const end = form.exec(message);
      if (end === null) continue;
      const remote = `${end[1]}:${end[2]}`;
      const connection = this.#open.get(remote);
      if (connection !== undefined) lines.write(ending, connection, { at });
      this.#open.delete(remote);
      return;
    }
  }
}
