/** A machine's plain-text log, read by the user's own patterns. A line that no pattern fits is about something else. */
import { PEER_ENDINGS } from "../../record/peer-log.ts";
import { epochMs, type EpochMs } from "../../base/time.ts";
import { ConnectionLines, newConnection, type ServerConnection } from "./connection-lines.ts";
import { isoLikeTime } from "./iso-like-time.ts";
import type { LogClock } from "./log-clock.ts";
import { eventIn, type PatternGroups } from "./log-pattern.ts";
import type { ServerLog, ServerLogReader, ServerLogSink } from "./server-log.ts";

export function patterned(patterns: readonly RegExp[]): ServerLog {
  const read = (line: string): PatternGroups | null => {
    for (const pattern of patterns) {
      const found = pattern.exec(line)?.groups;
      if (found !== undefined) return found;
    }
    return null;
  };
  return {
    kind: "pattern",
    begins: (line) => read(line) !== null,
    timeOf: (line, clock) => timeIn(read(line)?.["time"], clock)?.at ?? null,
    reader: (clock, sink) => new PatternReader(read, clock, sink),
  };
}

interface LineTime {
  readonly at: EpochMs;
  readonly resolutionMs: number;
}

/** ISO 8601, with a comma or a point before the fraction, or seconds or milliseconds since 1970. */
function timeIn(text: string | undefined, clock: LogClock): LineTime | null {
  if (text === undefined) return null;
  const epoch = /^(\d{10})(?:(\d{3})|\.(\d{1,9}))?$/.exec(text);
  if (epoch !== null) {
    const fraction = epoch[2] ?? epoch[3]?.padEnd(3, "0").slice(0, 3) ?? null;
    return {
      at: epochMs(Number(epoch[1]) * 1_000 + Number(fraction ?? 0)),
      resolutionMs: resolution(epoch[2] ?? epoch[3]),
    };
  }
  const iso = /^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d)(?:[.,](\d{1,9}))? ?(Z|[+-]\d\d:?\d\d|[A-Z]{3,5})?$/.exec(
    text,
  );
  if (iso === null) return null;
  const [, second = "", fraction, zone = null] = iso;
  const at = isoLikeTime(clock, fraction === undefined ? second : `${second}.${fraction}`, zone);
  return at === null ? null : { at, resolutionMs: resolution(fraction) };
}

/** A time with one digit after the second is exact to 100 ms. */
function resolution(fraction: string | undefined): number {
  return Math.max(1, 1_000 / 10 ** (fraction?.length ?? 0));
}

class PatternReader implements ServerLogReader {
  readonly #read: (line: string) => PatternGroups | null;
  readonly #clock: LogClock;
  readonly #sink: ServerLogSink;
  #lines: ConnectionLines | null = null;
  /** By what the log says of a connection, else of its client. */
  readonly #open = new Map<string, ServerConnection>();
  #refusedNameless = false;

  constructor(read: (line: string) => PatternGroups | null, clock: LogClock, sink: ServerLogSink) {
    this.#read = read;
    this.#clock = clock;
    this.#sink = sink;
  }

  line(text: string): void {
    const found = this.#read(text);
    if (found === null) return;
    const time = timeIn(found["time"], this.#clock);
    const event = eventIn(found);
    if (time === null || event === null) return this.#lost(text);
    const { at } = time;
    this.#lines ??= new ConnectionLines(this.#sink, time.resolutionMs);
    if (event === "ready") {
      this.#open.clear();
      return this.#lines.ready(at);
    }
    const said = found["connection"] ?? found["client"] ?? null;
    if (!ENDINGS.has(event)) {
      const connection = newConnection({ remote: addressIn(said), client: found["client"] ?? null });
      if (event === "accepted") this.#open.set(said ?? `${at} ${this.#open.size}`, connection);
      else this.#refusedNameless ||= said === null;
      return this.#lines.write(event, connection, { at });
    }
    // An end without a name is that of the only connection; after a refusal without a name, it may be that of the refused client.
    if (said === null && (this.#open.size > 1 || this.#refusedNameless)) return this.#lost(text);
    const key = said ?? [...this.#open.keys()][0] ?? "";
    const connection = this.#open.get(key);
    // It began before the log, or it was turned away.
    if (connection === undefined) return;
    this.#open.delete(key);
    this.#lines.write(event, connection, { at });
  }

  finish(): void {
    this.#lines?.finish();
  }

  #lost(text: string): void {
    if (this.#lines === null) this.#sink.lost(text);
    else this.#lines.lost(text);
  }
}

const ENDINGS: ReadonlySet<string> = new Set(PEER_ENDINGS);

function addressIn(text: string | null): string | null {
  return text !== null && /^\S+:\d{1,5}$/.test(text) ? text : null;
}
