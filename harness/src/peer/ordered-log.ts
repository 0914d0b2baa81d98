/**
 * Keeps the peer's log in the order of the events. An `accepted` record needs the client's name, so later records wait until its hello has
 * come or is overdue.
 */
import type { PeerLogRecord } from "../record/peer-log.ts";

/** A position in the log. `record` is null if nothing is written there. */
interface OrderedEntry {
  complete: boolean;
  record: PeerLogRecord | null;
}

export class OrderedLog {
  readonly #log: (record: PeerLogRecord) => void;
  #entries: OrderedEntry[] = [];

  constructor(log: (record: PeerLogRecord) => void) {
    this.#log = log;
  }

  write(record: PeerLogRecord): void {
    this.reserve()(record);
  }

  /** Reserves the next position in the log. Call the returned function once: with the record, or with null if none is to be written. */
  reserve(): (record: PeerLogRecord | null) => void {
    const entry: OrderedEntry = { complete: false, record: null };
    this.#entries.push(entry);
    return (record) => {
      entry.complete = true;
      entry.record = record;
      this.#release();
    };
  }

  #release(): void {
    const pending = this.#entries.findIndex(({ complete }) => !complete);
    const ready = this.#entries.splice(0, pending === -1 ? this.#entries.length : pending);
    for (const { record } of ready) if (record !== null) this.#log(record);
  }
}
