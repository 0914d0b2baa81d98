/** A stream's records sorted, each once, and looked through again for quiet invocations: what came out of order, twice, or from several files. */
import { recordKey } from "../domain/record-order.ts";
import { decodeMessage } from "../logs/decode-message.ts";
import { compareOrdered, type OrderedRecord, type RecordStore, type StreamName } from "./record-store.ts";
import { SortedRows } from "../adapters/storage/sorted-rows.ts";
import { StreamRecords, type StreamOptions } from "./stream-records.ts";

/** A row has fewer records than this: row and index make one number. */
const RECORDS_MAX = 1 << 10;

export function reorderStream(
  store: RecordStore,
  parts: readonly StreamRecords[],
  name: StreamName,
  options: StreamOptions,
): StreamRecords {
  const sorted = new StreamRecords(store, options);
  let together: OrderedRecord[] = [];
  const add = (): void => {
    for (const one of inOrderOnce(together)) {
      const decoded = decodeMessage(one.record.message);
      const time = decoded.kind === "lifecycle" ? (decoded.line.time ?? one.time) : one.time;
      sorted.add({ ...one, time }, decoded);
    }
    together = [];
  };
  for (const one of byTimestamp(store, parts, name)) {
    if (together[0] !== undefined && together[0].record.timestamp !== one.record.timestamp) add();
    together.push(one);
  }
  add();
  sorted.finish();
  return sorted;
}

function* byTimestamp(
  store: RecordStore,
  parts: readonly StreamRecords[],
  name: StreamName,
): Generator<OrderedRecord> {
  const places = new SortedRows();
  try {
    for (const row of parts.flatMap((part) => part.rows()))
      for (const [index, { record }] of store.records(row, name).entries())
        places.add(record.timestamp, row * RECORDS_MAX + index);
    for (const place of places.rows()) {
      const one = store.records(Math.floor(place / RECORDS_MAX), name)[place % RECORDS_MAX];
      if (one !== undefined) yield one;
    }
  } finally {
    places.close();
  }
}

function inOrderOnce(sameTimestamp: OrderedRecord[]): readonly OrderedRecord[] {
  const seen = new Set<string>();
  return sameTimestamp.sort(compareOrdered).filter(({ record }) => {
    const key = recordKey(record);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
}
