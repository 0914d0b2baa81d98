/**
 * Finds invocations that share a request id: retries. The first try may have failed without a line, so none of these invocations is quiet
 * (evidence-need.ts), and all of them are kept.
 */
import { ROW, type RecordStore } from "./record-store.ts";
import { RowSet } from "./row-set.ts";
import type { OrderedStream } from "./stored-stream.ts";

export function repeatedRequests(store: RecordStore, streams: readonly OrderedStream[]): RowSet {
  const own = new RowSet(store.streams);
  for (const { part } of streams) own.add(part.number);
  const order = store.rows.order();
  for (let row = 0; row < store.length; row += 1)
    if (store.kind(row) !== ROW.loose && own.has(store.stream(row))) order.add(store.requestKey(row), row);
  const repeated = new RowSet(store.length);
  let [before, key] = [-1, NaN];
  for (const row of order.rows()) {
    const own = store.requestKey(row);
    if (own === key) {
      repeated.add(before);
      repeated.add(row);
    }
    [before, key] = [row, own];
  }
  order.close();
  return repeated;
}
