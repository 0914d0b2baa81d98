/**
 * One log stream on its way into the store: its quiet invocations as a row each, every other record that matters as one of its own. Where
 * records come out of order, or a second time, nothing is quiet any more until they are sorted (in-order.ts).
 */
import type { LogRecord } from "../../../domain/log-record.ts";
import { compareRecords, recordKey } from "../../../domain/record-order.ts";
import type { DecodedMessage } from "../../../logs/decode-message.ts";
import { InvocationWatch, type BootCount } from "../../../logs/invocation-watch.ts";
import { IntervalSet } from "./interval-set.ts";
import type { OrderedRecord, RecordStore } from "./record-store.ts";

export interface StreamOptions {
  /** Whether quiet invocations are looked for at all. */
  readonly watch: boolean;
  /** So far apart two instants may be and still belong together. */
  readonly reachMs: number;
}

export class StreamRecords {
  readonly number: number;
  /** Around instants of what is not quiet, by the record and by the function's own clock. */
  readonly odd: IntervalSet;
  /** Instants at which the environment came to be, or came to be usable. */
  readonly births: number[] = [];
  lifecycleLines = false;
  starts = 0;
  readonly #store: RecordStore;
  /** Null: nothing of this stream is quiet. */
  #watch: InvocationWatch<OrderedRecord> | null;
  #boots: ReadonlyMap<string, BootCount> = new Map();
  #attempts = 0;
  #disordered = false;
  #lastRow = -1;
  #initStart: number | null = null;
  #last: LogRecord | null = null;
  #seenAtLast = new Set<string>();

  constructor(store: RecordStore, { watch, reachMs }: StreamOptions) {
    this.#store = store;
    this.number = store.newStream();
    this.odd = new IntervalSet(reachMs, reachMs + 1);
    this.#watch = !watch
      ? null
      : new InvocationWatch<OrderedRecord>({
          odd: (one) => this.#keep(one),
          ended: (invocation) => {
            this.#lastRow = store.addInvocation(this.#place(), invocation);
          },
        });
  }

  /** Its records have to be sorted before anything of it can be left out. */
  get disordered(): boolean {
    return this.#disordered;
  }

  /** Of its lifecycle lines, as far as they were followed: by boot id. */
  get boots(): ReadonlyMap<string, BootCount> {
    return this.#boots;
  }

  /** Attempts to reach the peer. */
  get attempts(): number {
    return this.#attempts;
  }

  /** Its rows, in the order in which their records came. */
  rows(): readonly number[] {
    return this.#store.rowsOf(this.#lastRow);
  }

  add(one: OrderedRecord, decoded: DecodedMessage): void {
    const { record } = one;
    this.#noteTimes(record, decoded);
    if (!this.#disordered && this.#last !== null && compareRecords(this.#last, record) > 0) this.#giveUp();
    if (this.#disordered) return this.#keep(one);
    if (this.#last?.timestamp !== record.timestamp) this.#seenAtLast.clear();
    const key = recordKey(record);
    if (this.#seenAtLast.has(key)) return;
    this.#seenAtLast.add(key);
    this.#last = record;
    if (this.#watch === null) this.#keep(one);
    else this.#watch.take(one, decoded, record.timestamp);
  }

  finish(): void {
    if (this.#watch === null) return;
    this.#watch.finish();
    this.#boots = this.#watch.boots;
    this.#attempts = this.#watch.attempts;
    this.#watch = null;
  }

  #giveUp(): void {
    this.finish();
    this.#disordered = true;
    this.#seenAtLast.clear();
  }

  #keep(one: OrderedRecord): void {
    this.#lastRow = this.#store.addLoose(this.#place(), one);
    this.odd.add(one.record.timestamp);
    if (one.time !== one.record.timestamp) this.odd.add(one.time);
  }

  #place(): { readonly stream: number; readonly previous: number } {
    return { stream: this.number, previous: this.#lastRow };
  }

  #noteTimes({ timestamp }: LogRecord, decoded: DecodedMessage): void {
    if (decoded.kind === "lifecycle") {
      this.lifecycleLines = true;
      return;
    }
    if (decoded.kind !== "platform") return;
    const { platform } = decoded;
    if (platform.event === "start") {
      if (this.starts === 0) this.births.push(timestamp);
      this.starts += 1;
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
