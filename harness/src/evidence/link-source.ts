/**
 * Stores a link log in its order. A connection that the function opened and closed becomes a row, unless something about it was unusual.
 * All other lines are kept unchanged.
 */
import type { LinkLogRecord } from "../domain/link-log.ts";
import { distinguishesRefusals } from "../protocols/all-protocols.ts";
import { parseIsoTime } from "../units/time.ts";
import type { RowStore } from "./row-store.ts";
import { SourceStore, type SourceLine } from "./source-store.ts";
import { SharedTexts } from "./shared-texts.ts";

interface OpenLinkConnection {
  readonly key: number;
  readonly openedAt: number;
  connected: boolean;
  /** Whether the peer sent the first FIN. */
  endedByPeer: boolean;
  endedByFunction: boolean;
  /** Whether the peer's first byte came after the function's FIN: then the connection may have waited in the peer's queue. */
  late: boolean;
  /** True if the latest reading of the bytes does not show a served client, or shows another protocol than the user named. */
  unusual: boolean;
  readonly lines: SourceLine<LinkLogRecord>[];
}

export class LinkSource {
  readonly store: SourceStore<LinkLogRecord>;
  /** The lowest and the highest connection number. An engine numbers the connections of all its functions together. */
  least = Infinity;
  most = 0;
  count = 0;
  readonly #rows: RowStore;
  readonly #environmentNumber: (logStreamName: string) => number;
  readonly #open = new Map<number, OpenLinkConnection>();
  readonly #over = new Set<number>();
  #read = 0;
  #lastTime = -Infinity;

  constructor(rows: RowStore, environmentNumber: (logStreamName: string) => number) {
    this.#rows = rows;
    this.store = new SourceStore(rows, new SharedTexts().link);
    this.#environmentNumber = environmentNumber;
  }

  take(record: LinkLogRecord): void {
    const line = { order: this.#read, value: record };
    this.#read += 1;
    const time = parseIsoTime(record.time);
    if (time === null || time < this.#lastTime) this.store.whole = false;
    this.#lastTime = time ?? this.#lastTime;
    const open = this.#open.get(record.connection);
    if (time === null || this.#over.has(record.connection)) this.store.hold(line);
    else if (open === undefined) this.#first(line, time);
    else this.#more(line, open, time);
  }

  finish(): void {
    for (const { lines } of this.#open.values()) this.store.hold(...lines);
    this.#open.clear();
  }

  #first(line: SourceLine<LinkLogRecord>, openedAt: number): void {
    const { event, connection, environment } = line.value;
    // Each connection begins with `opened` and has a higher number than all earlier ones. If not, lines are missing.
    if (event !== "opened" || connection <= this.most) this.store.whole = false;
    this.least = Math.min(this.least, connection);
    this.most = Math.max(this.most, connection);
    this.count += 1;
    this.#open.set(connection, {
      key: this.store.nextKey(this.#environmentNumber(environment)),
      openedAt,
      connected: false,
      endedByPeer: false,
      endedByFunction: false,
      late: false,
      unusual: false,
      lines: [line],
    });
  }

  #more(line: SourceLine<LinkLogRecord>, open: OpenLinkConnection, time: number): void {
    const { event, connection, by, ending, upstreamLocal } = line.value;
    if (event === "opened") this.store.whole = false;
    open.lines.push(line);
    if (event === "connected") open.connected = true;
    if (event === "half-closed" && by === "peer") open.endedByPeer = true;
    if (event === "half-closed" && by === "function") open.endedByFunction = true;
    if (event === "answered" && open.endedByFunction) open.late = true;
    if (line.value.protocol !== undefined) open.unusual = isUnusual(line.value);
    if (event === "answered" || event === "recognised" || event === "connected" || event === "half-closed")
      return;
    this.#open.delete(connection);
    if (
      event !== "closed" ||
      by !== "function" ||
      ending !== "fin" ||
      !open.connected ||
      open.endedByPeer ||
      open.unusual ||
      open.late ||
      upstreamLocal === null
    ) {
      this.store.hold(...open.lines);
      this.#over.add(connection);
      return;
    }
    this.store.add(
      {
        key: open.key,
        from: open.openedAt,
        to: time,
        extra: this.#rows.key(upstreamLocal),
      },
      open.lines,
    );
  }
}

function isUnusual({ protocol = "", outcome, contradiction }: LinkLogRecord): boolean {
  return contradiction !== undefined || (distinguishesRefusals(protocol) && outcome !== "accepted");
}
