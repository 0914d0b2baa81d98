/**
 * Copies one function's log events into the run directory. Events arrive late and out of order, so each poll begins a little before the
 * newest event that was seen, and drops known events by CloudWatch's id.
 */
import type { LogRecord } from "../domain/log-record.ts";
import type { LogSource } from "../ports/log-source.ts";
import { epochMs, type DurationMs, type EpochMs } from "../units/time.ts";

export interface LogCollectorOptions {
  readonly source: LogSource;
  readonly logGroup: string;
  /** Earlier events are not read. */
  readonly from: EpochMs;
  /** How late an event may arrive and still be found by the next poll. */
  readonly overlap: DurationMs;
  /** Events that were taken before by the run that is now resumed. */
  readonly known?: {
    readonly through: EpochMs;
    /** The records of these events that another reading may return again. */
    readonly records: readonly LogRecord[];
    readonly count: number;
  } | null;
  /** Called with the new events of a page, before the poll goes on. */
  readonly take: (records: readonly LogRecord[]) => void;
}

export class LogCollector {
  readonly #options: LogCollectorOptions;
  /** Ids of events inside the overlap, with their times. */
  readonly #seen = new Map<string, number>();
  #newest: number;
  #from: number;
  #records = 0;

  constructor(options: LogCollectorOptions) {
    this.#options = options;
    this.#newest = options.from;
    this.#from = options.from;
    const known = options.known ?? null;
    if (known === null) return;
    this.#newest = Math.max(options.from, known.through);
    this.#records = known.count;
    for (const record of known.records)
      if (record.timestamp >= this.#newest - options.overlap) this.#seen.set(idOf(record), record.timestamp);
  }

  /** The instant up to which all events have been read, except events that arrive late. */
  get through(): EpochMs {
    return epochMs(this.#newest);
  }

  get records(): number {
    return this.#records;
  }

  /**
   * Called when the clock of the events was set back. New events then have earlier times than the last event, so reading begins earlier.
   */
  lookBack(length: DurationMs): void {
    this.#from -= length;
    this.#newest -= length;
  }

  async poll(signal: AbortSignal): Promise<number> {
    const { source, logGroup, overlap, take } = this.#options;
    const since = epochMs(Math.max(this.#from, this.#newest - overlap));
    let found = 0;
    for await (const page of source.read(logGroup, since, signal)) {
      const fresh = page.filter((record) => this.#isNew(record));
      if (fresh.length === 0) continue;
      take(fresh);
      found += fresh.length;
      this.#records += fresh.length;
    }
    this.#forgetBefore(this.#newest - overlap);
    return found;
  }

  #isNew(record: LogRecord): boolean {
    const id = idOf(record);
    if (this.#seen.has(id)) return false;
    this.#seen.set(id, record.timestamp);
    this.#newest = Math.max(this.#newest, record.timestamp);
    return true;
  }

  /** Forgets events that the next poll cannot return. */
  #forgetBefore(instant: number): void {
    for (const [id, timestamp] of this.#seen) if (timestamp < instant) this.#seen.delete(id);
  }
}

function idOf(record: LogRecord): string {
  return record.eventId ?? `${record.logStreamName} ${record.timestamp} ${record.message}`;
}
