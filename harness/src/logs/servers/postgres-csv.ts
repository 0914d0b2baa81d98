/**
 * Postgres's csvlog (https://www.postgresql.org/docs/current/runtime-config-logging.html#RUNTIME-CONFIG-LOGGING-CSVLOG). A message can have
 * line breaks, so a record ends at the first line end at which no quote is open.
 */
import { ConnectionLines } from "./connection-lines.ts";
import type { LogClock } from "./log-clock.ts";
import { isoLikeTime } from "./iso-like-time.ts";
import { PostgresConnections } from "./postgres-connections.ts";
import type { ServerLog, ServerLogReader, ServerLogSink } from "./server-log.ts";

export const postgresCsv: ServerLog = {
  kind: "postgres",
  begins: (line) => FIRST_COLUMNS.test(line),
  timeOf(line, clock) {
    const first = FIRST_COLUMNS.exec(line);
    return first === null ? null : isoLikeTime(clock, first[1] ?? "", first[2] ?? null);
  },
  reader: (clock, sink) => new CsvReader(clock, sink),
};

const FIRST_COLUMNS =
  /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}) ([A-Za-z]{1,6}|[+-]\d\d(?::?\d\d)?),(?:"(?:[^"]|"")*"|[^,"]*),(?:"(?:[^"]|"")*"|[^,"]*),(\d+),/;
const [MESSAGE, APPLICATION] = [13, 22];
/** A record of more lines than this is broken: a quote is missing. */
const LINES_MAX = 10_000;

class CsvReader implements ServerLogReader {
  readonly #clock: LogClock;
  readonly #lines: ConnectionLines;
  readonly #connections: PostgresConnections;
  #record = "";
  #recordLines = 0;
  #quoteIsOpen = false;

  constructor(clock: LogClock, sink: ServerLogSink) {
    this.#clock = clock;
    this.#lines = new ConnectionLines(sink);
    this.#connections = new PostgresConnections(this.#lines);
  }

  line(text: string): void {
    // If a line begins like a record although a quote is open, the quote was never closed.
    if (this.#recordLines > 0 && (FIRST_COLUMNS.test(text) || this.#recordLines > LINES_MAX)) this.#broken();
    this.#record = this.#recordLines === 0 ? text : `${this.#record}\n${text}`;
    this.#recordLines += 1;
    if ((text.match(/"/g)?.length ?? 0) % 2 === 1) this.#quoteIsOpen = !this.#quoteIsOpen;
    if (!this.#quoteIsOpen) this.#ended();
  }

  finish(): void {
    if (this.#recordLines > 0) this.#broken();
    this.#connections.finish();
  }

  #ended(): void {
    const record = this.#record;
    this.#recordLines = 0;
    if (record === "") return;
    const first = FIRST_COLUMNS.exec(record);
    const columns = first === null ? [] : columnsOf(record);
    const message = columns[MESSAGE];
    const at = first === null ? null : isoLikeTime(this.#clock, first[1] ?? "", first[2] ?? null);
    if (first === null || at === null || message === undefined) return this.#lines.lost(record);
    const client = columns[APPLICATION] ?? "";
    this.#connections.take({
      at,
      pid: first[3] ?? "",
      message,
      client: client === "" || client === "[unknown]" ? null : client,
    });
  }

  #broken(): void {
    this.#recordLines = 0;
    this.#quoteIsOpen = false;
    this.#lines.lost(this.#record);
  }
}

function columnsOf(record: string): readonly string[] {
  const columns: string[] = [];
  const column = /(?:"((?:[^"]|"")*)"|([^,]*))(,|$)/gy;
  for (let found = column.exec(record); found !== null; found = column.exec(record)) {
    columns.push(found[1] === undefined ? (found[2] ?? "") : found[1].replaceAll('""', '"'));
    if (found[3] === "") break;
  }
  return columns;
}
