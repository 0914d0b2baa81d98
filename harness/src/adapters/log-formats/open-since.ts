/**
 * Leaves out connections of a server's log that ended before the other evidence. All other connections get new numbers; a gap in the
 * numbers is kept.
 */
import type { PeerLogRecord } from "../../record/peer-log.ts";
import { parseIsoTime, type EpochMs } from "../../base/time.ts";

export class OpenSince {
  readonly #since: EpochMs | null;
  readonly #take: (record: PeerLogRecord) => void;
  /** Connections that were accepted before `since` and have not ended, by their numbers. */
  #open = new Map<number, PeerLogRecord>();
  readonly #numbers = new Map<number, number>();
  #begun = false;
  /** The number of a connection that is not in `#numbers`, minus its new number. */
  #shift = 0;
  #greatest = 0;

  constructor(since: EpochMs | null, take: (record: PeerLogRecord) => void) {
    this.#since = since;
    this.#take = take;
  }

  /** Whether a line after `since` was reached. */
  get begun(): boolean {
    return this.#begun || this.#since === null;
  }

  record(record: PeerLogRecord): void {
    if (this.#since === null) return this.#take(record);
    if (!this.#begun && (parseIsoTime(record.time) ?? 0) >= this.#since) this.#begin();
    if (this.#begun) this.#within(record);
    else this.#before(record);
  }

  finish(): void {
    if (this.#since !== null && !this.#begun) this.#begin();
  }

  #before(record: PeerLogRecord): void {
    const { connection, event } = record;
    if (event === "ready") {
      this.#open.clear();
      this.#greatest = 0;
    }
    if (connection === null) return;
    this.#greatest = Math.max(this.#greatest, connection);
    if (event === "accepted") this.#open.set(connection, record);
    else if (event !== "request" && event !== "queued") this.#open.delete(connection);
  }

  #begin(): void {
    this.#begun = true;
    for (const [number, record] of this.#open) {
      this.#numbers.set(number, this.#numbers.size + 1);
      this.#take({ ...record, connection: this.#numbers.size });
    }
    this.#shift = this.#greatest - this.#numbers.size;
    this.#open = new Map();
  }

  #within(record: PeerLogRecord): void {
    if (record.event === "ready") {
      this.#shift = 0;
      this.#numbers.clear();
    }
    const { connection } = record;
    if (connection === null) return this.#take(record);
    this.#take({ ...record, connection: this.#numbers.get(connection) ?? connection - this.#shift });
  }
}
