/**
 * Keeps the peer's log in the order of the events. The `accepted` record of a client can be completed only when its hello has arrived, because
 * the record has the client's name. Later records wait for it, at most for as long as the peer waits for a hello.
 */
import type { PeerLogRecord } from "../domain/peer-log.ts";

/**
 * A position in the log. `complete` is true as soon as it is known which record stands there. `record` is null if no record stands there.
 */
interface Entry {
  complete: boolean;
  record: PeerLogRecord | null;
}

export class OrderedLog {
  readonly #log: (record: PeerLogRecord) => void;
  #entries: Entry[] = [];

  constructor(log: (record: PeerLogRecord) => void) {
    this.#log = log;
  }

  write(record: PeerLogRecord): void {
    this.reserve()(record);
  }

  /**
   * Reserves the next position in the log. The caller calls the returned function one time: with the record, or with null if no record is
   * to be written.
   */
  reserve(): (record: PeerLogRecord | null) => void {
    const entry: Entry = { complete: false, record: null };
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
