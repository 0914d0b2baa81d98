/** Collects the link records of a fleet and numbers its connections. */
import type { LinkLogRecord } from "../../record/link-log.ts";
import type { Clock } from "../../run/ports/clock.ts";
import { isoTime, type EpochMs } from "../../base/time.ts";
import { KeptRecords } from "../kept-records.ts";

export class LinkRecorder {
  readonly #clock: Clock;
  readonly #kept = new KeptRecords<LinkLogRecord>();
  #connections = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  nextConnection(): number {
    this.#connections += 1;
    return this.#connections;
  }

  now(): EpochMs {
    return this.#clock.now();
  }

  monotonic(): number {
    return this.#clock.monotonic();
  }

  add(record: Omit<LinkLogRecord, "time">): void {
    this.#kept.add({ time: isoTime(this.#clock.now()), ...record });
  }

  from(index: number): ReturnType<KeptRecords<LinkLogRecord>["from"]> {
    return this.#kept.from(index);
  }
}
