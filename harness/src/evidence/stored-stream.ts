/** A log stream that is read back from the store, without the invocations that are left out. */
import type { StreamEvent } from "../logs/stream-event.ts";
import type { LogStream } from "./gathered-evidence.ts";
import { compareOrdered, type OrderedEvent } from "./ordered-event.ts";
import { ROW, type RecordStore } from "./record-store.ts";
import type { RowSet } from "./row-set.ts";
import type { StreamRecords } from "./stream-records.ts";

export interface OrderedStream {
  readonly logStreamName: string;
  readonly part: StreamRecords;
  readonly signs: readonly OrderedEvent[];
}

/** Keeps only the number of the stream's last row, so that all other data of the stream can be freed after it was read. */
export class StoredLogStream implements LogStream {
  readonly inOrder: boolean;
  readonly #store: RecordStore;
  readonly logStreamName: string;
  readonly #lastRow: number;
  readonly #signs: readonly OrderedEvent[];
  readonly #kept: RowSet | null;

  /** Null if nothing is left out. */
  constructor(store: RecordStore, { logStreamName, part, signs }: OrderedStream, kept: RowSet | null) {
    this.inOrder = !part.disordered;
    this.logStreamName = logStreamName;
    this.#store = store;
    this.#lastRow = part.lastRow;
    this.#signs = signs;
    this.#kept = kept;
  }

  *events(): Generator<StreamEvent> {
    const [store, kept] = [this.#store, this.#kept];
    const waiting = [...this.#signs].sort(compareOrdered);
    for (const row of store.rowsOf(this.#lastRow)) {
      if (kept !== null && store.kind(row) !== ROW.loose && !kept.has(row)) continue;
      for (const one of store.events(row)) {
        while (waiting[0] !== undefined && compareOrdered(waiting[0], one) < 0) {
          yield waiting[0].event;
          waiting.shift();
        }
        yield one.event;
      }
    }
    for (const { event } of waiting) yield event;
  }
}
