/** Collects the link records of a fleet and numbers its connections. Keeps the latest records only; indexes never change. */
import type { LinkLogRecord } from "../../domain/link-log.ts";
import type { Clock } from "../../ports/clock.ts";
import { isoTime } from "../../units/time.ts";

const RECORDS_KEPT = 100_000;

export class LinkRecorder {
  private readonly clock: Clock;
  private records: LinkLogRecord[] = [];
  private firstIndex = 0;
  private connections = 0;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  nextConnection(): number {
    this.connections += 1;
    return this.connections;
  }

  add(record: Omit<LinkLogRecord, "time">): void {
    this.records.push({ time: isoTime(this.clock.now()), ...record });
    if (this.records.length > 2 * RECORDS_KEPT) {
      this.firstIndex += this.records.length - RECORDS_KEPT;
      this.records = this.records.slice(-RECORDS_KEPT);
    }
  }

  from(index: number): { records: readonly LinkLogRecord[]; next: number } {
    const next = this.firstIndex + this.records.length;
    return { records: this.records.slice(Math.max(0, index - this.firstIndex)), next };
  }
}
