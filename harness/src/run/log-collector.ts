/**
 * Copies one function's log events into the run directory. Events arrive late and out of order, so each poll begins a little earlier than
 * the last poll ended, and drops events whose ids are known. If the clock that stamps the events is set back, old events are returned
 * again. Their arrival time shows that they are old, because in the local engine the arrival time never decreases.
 */
import type { LogRecord } from "../record/log-record.ts";
import type { LogSource } from "./ports/log-source.ts";
import { epochMs, type DurationMs, type EpochMs } from "../base/time.ts";

export interface LogCollectorOptions {
  readonly source: LogSource;
  readonly logGroup: string;
  /** Events before this time are not read. */
  readonly from: EpochMs;
  /** How late an event may arrive and still be found by the next poll. */
  readonly overlap: DurationMs;
  /** The clock that stamps the events, if it is this machine's clock. */
  readonly now?: (() => EpochMs) | undefined;
  /** What a resumed run had read before it was interrupted. Null or absent for a new run. */
  readonly known?: {
    readonly through: EpochMs;
    /** Of the events that were read, those that a later poll may return again. */
    readonly records: readonly LogRecord[];
    readonly count: number;
  } | null;
  /** Called with the new events of a page, before the poll goes on. */
  readonly take: (records: readonly LogRecord[]) => void;
}

export class LogCollector {
  readonly #options: LogCollectorOptions;
  readonly #seen = new Map<string, Pick<LogRecord, "timestamp" | "ingestionTime">>();
  /**
   * All events whose ids were forgotten have an earlier time than `before` and arrived before `arrivedBefore`. No event that is still to
   * come meets both conditions.
   */
  #forgotten: { readonly before: number; readonly arrivedBefore: number };
  #lastArrival: number;
  #through: number;
  #from: number;
  #records: number;

  constructor(options: LogCollectorOptions) {
    const { from, overlap, known = null, now } = options;
    this.#options = options;
    const through = Math.max(from, known?.through ?? from);
    // The clock may have been set back while no run was reading.
    this.#through = Math.max(from, Math.min(through, now?.() ?? through));
    this.#from = from;
    this.#records = known?.count ?? 0;
    this.#lastArrival = -Infinity;
    for (const record of known?.records ?? []) this.#note(record);
    const before = known === null ? -Infinity : through - overlap;
    this.#forgotten = { before, arrivedBefore: this.#lastArrival };
  }

  /** All events up to this instant have been read, except late ones. */
  get through(): EpochMs {
    return epochMs(this.#through);
  }

  get records(): number {
    return this.#records;
  }

  /** Called when this machine's clock was set back. If that clock stamps the events, new events are earlier than the last event. */
  lookBack(length: DurationMs): void {
    if (this.#options.now === undefined) return;
    this.#from -= length;
    this.#through -= length;
  }

  async poll(signal: AbortSignal): Promise<number> {
    const { source, logGroup, overlap, take, now } = this.#options;
    const since = epochMs(Math.max(this.#from, this.#through - overlap));
    // After the clock was set back, events of earlier polls may have times that the clock has not reached again.
    const until = now?.() ?? Infinity;
    let found = 0;
    for await (const page of source.read(logGroup, since, signal)) {
      const fresh = page.filter((record) => this.#isNew(record));
      for (const { timestamp } of page) this.#through = Math.max(this.#through, Math.min(timestamp, until));
      if (fresh.length === 0) continue;
      take(fresh);
      found += fresh.length;
      this.#records += fresh.length;
    }
    this.#forget();
    return found;
  }

  #isNew(record: LogRecord): boolean {
    if (this.#seen.has(idOf(record))) return false;
    const { before, arrivedBefore } = this.#forgotten;
    const { timestamp, ingestionTime } = record;
    if (timestamp < before && ingestionTime !== null && ingestionTime < arrivedBefore) return false;
    this.#note(record);
    return true;
  }

  #note(record: LogRecord): void {
    const { timestamp, ingestionTime } = record;
    this.#seen.set(idOf(record), { timestamp, ingestionTime });
    this.#lastArrival = Math.max(this.#lastArrival, ingestionTime ?? -Infinity);
  }

  /**
   * Forgets the ids of events that the next poll cannot return. While the clock is behind the times of events that were forgotten before,
   * no more ids are forgotten.
   */
  #forget(): void {
    const before = this.#through - this.#options.overlap;
    if (before <= this.#forgotten.before) return;
    const arrivedBefore = this.#lastArrival;
    for (const [id, { timestamp, ingestionTime }] of this.#seen)
      if (timestamp < before && (ingestionTime === null || ingestionTime < arrivedBefore))
        this.#seen.delete(id);
    this.#forgotten = { before, arrivedBefore };
  }
}

function idOf(record: LogRecord): string {
  return record.eventId ?? `${record.logStreamName} ${record.timestamp} ${record.message}`;
}
