/** A log stream read back from the store, without what is only counted. */
import type { LogStream } from "../../../domain/evidence.ts";
import type { LogRecord } from "../../../domain/log-record.ts";
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

/** `kept`: of quiet invocations, those that are not only counted; null: all. */
export function storedStream(store: RecordStore, stream: OrderedStream, kept: RowSet | null): LogStream {
  return {
    logStreamName: stream.name.logStreamName,
    inOrder: !stream.part.disordered,
    records: () => recordsOf(store, stream, kept),
  };
}

function* recordsOf(
  store: RecordStore,
  { name, part, signs }: OrderedStream,
  kept: RowSet | null,
): Generator<LogRecord> {
  const waiting = [...signs].sort(compareOrdered);
  for (const row of part.rows()) {
    if (kept !== null && store.kind(row) !== ROW.loose && !kept.has(row)) continue;
    for (const one of store.records(row, name)) {
      while (waiting[0] !== undefined && compareOrdered(waiting[0], one) < 0)
        yield* placed(waiting.shift(), name);
      yield one.record;
    }
  }
  for (const sign of waiting) yield* placed(sign, name);
}

/** A file that names no log group belongs to the stream as others name it. */
function* placed(sign: OrderedRecord | undefined, name: StreamName): Generator<LogRecord> {
  if (sign !== undefined) yield { ...sign.record, ...name };
}
