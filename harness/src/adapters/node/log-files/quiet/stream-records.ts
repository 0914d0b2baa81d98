/**
 * What of one log stream is kept while it is read: every record that matters, or its quiet invocations as rows of the store. Where
 * records come out of order, or a second time, nothing is put aside any more: they have to be sorted first.
 */
import type { LogRecord } from "../../../../domain/log-record.ts";
import { compareRecords, recordKey } from "../../../../domain/record-order.ts";
import type { DecodedMessage } from "../../../../logs/decode-message.ts";
import { InvocationWatch } from "../../../../logs/invocation-watch.ts";
import type { OrderedRecord, QuietStore } from "./quiet-store.ts";

export class StreamRecords {
  readonly odd: OrderedRecord[] = [];
  readonly rows: number[] = [];
  /** Instants of what is odd, by the record and by the function's own clock; and those of births. */
  readonly oddTimes: number[] = [];
  readonly births: number[] = [];
  lifecycleLines = false;
  /** Null: nothing of this stream is quiet. */
  #watch: InvocationWatch<OrderedRecord> | null;
  #started = false;
  #initStart: number | null = null;
  #last: LogRecord | null = null;
  #seenAtLast = new Set<string>();

  constructor(number: number, store: QuietStore | null) {
    this.#watch =
      store === null
        ? null
        : new InvocationWatch<OrderedRecord>({
            odd: (one) => this.#keep(one),
            ended: (invocation) => void this.rows.push(store.add(number, invocation)),
          });
  }

  /** Its rows are all to be kept: its records have to be sorted. */
  get disordered(): boolean {
    return this.#watch === null;
  }

  add(one: OrderedRecord, decoded: DecodedMessage): void {
    const { record } = one;
    this.#noteTimes(record, decoded);
    if (this.#watch !== null && this.#last !== null && compareRecords(this.#last, record) > 0) this.giveUp();
    if (this.#watch === null) return this.#keep(one);
    if (this.#last?.timestamp !== record.timestamp) this.#seenAtLast.clear();
    const key = recordKey(record);
    if (this.#seenAtLast.has(key)) return;
    this.#seenAtLast.add(key);
    this.#last = record;
    this.#watch.take(one, decoded, record.timestamp);
  }

  giveUp(): void {
    this.#watch?.finish();
    this.#watch = null;
  }

  finish(): void {
    this.#watch?.finish();
  }

  #keep(one: OrderedRecord): void {
    this.odd.push(one);
    this.oddTimes.push(one.record.timestamp);
    if (one.time !== one.record.timestamp) this.oddTimes.push(one.time);
  }

  #noteTimes({ timestamp }: LogRecord, decoded: DecodedMessage): void {
    if (decoded.kind === "lifecycle") {
      this.lifecycleLines = true;
      return;
    }
    if (decoded.kind !== "platform") return;
    const { platform } = decoded;
    if (platform.event === "start" && !this.#started) {
      this.#started = true;
      this.births.push(timestamp);
    }
    if (platform.event === "init-start") this.#initStart ??= timestamp;
    if (platform.event === "init-start") this.births.push(timestamp, timestamp + INIT_MS_MAX);
    if (platform.event === "init-report") this.births.push(timestamp);
    const initMs = platform.event === "report" ? platform.initDurationMs : null;
    const initStart = this.#initStart;
    if (initMs !== null && initStart !== null) this.births.push(initStart + initMs);
  }
}

/** Where the format shows no end of an Init, it is taken to have ended by then. */
const INIT_MS_MAX = 10_000;
