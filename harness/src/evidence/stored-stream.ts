/** A log stream read back from the store, without what is only counted. */
import type { LogStream } from "../domain/evidence.ts";
import type { LogRecord } from "../domain/log-record.ts";
import {
  compareOrdered,
  ROW,
  type OrderedRecord,
  type RecordStore,
  type StreamName,
} from "./record-store.ts";
import type { RowSet } from "./row-set.ts";
import type { StreamRecords } from "./stream-records.ts";

export interface OrderedStream {
  readonly name: StreamName;
  readonly part: StreamRecords;
  /** The first and the last line of the application: signs of life. */
  readonly signs: readonly OrderedRecord[];
}

/** Holds where its rows are, and none of what was known of it while it was read. */
export class StoredLogStream implements LogStream {
  readonly inOrder: boolean;
  readonly #store: RecordStore;
  readonly #logGroup: string;
  readonly logStreamName: string;
  readonly #lastRow: number;
  readonly #signs: readonly OrderedRecord[];
  readonly #kept: RowSet | null;

  /** `kept`: of quiet invocations, those that are not only counted; null: all. */
  constructor(store: RecordStore, { name, part, signs }: OrderedStream, kept: RowSet | null) {
    this.inOrder = !part.disordered;
    this.logStreamName = name.logStreamName;
    this.#store = store;
    this.#logGroup = name.logGroup;
    this.#lastRow = part.lastRow;
    this.#signs = signs;
    this.#kept = kept;
  }

  *records(): Generator<LogRecord> {
    const [store, kept] = [this.#store, this.#kept];
    const name = { logGroup: this.#logGroup, logStreamName: this.logStreamName };
    const waiting = [...this.#signs].sort(compareOrdered);
    for (const row of store.rowsOf(this.#lastRow)) {
      if (kept !== null && store.kind(row) !== ROW.loose && !kept.has(row)) continue;
      for (const one of store.records(row, name)) {
        while (waiting[0] !== undefined && compareOrdered(waiting[0], one) < 0)
          yield* placed(waiting.shift(), name);
        yield one.record;
      }
    }
    for (const sign of waiting) yield* placed(sign, name);
  }
}

/** A file that names no log group belongs to the stream as others name it. */
function* placed(sign: OrderedRecord | undefined, name: StreamName): Generator<LogRecord> {
  if (sign !== undefined) yield { ...sign.record, ...name };
}
