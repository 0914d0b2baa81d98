/**
 * Log records by stream, each once, in the order in which they were written. Records may come doubled (overlapping reads) and in
 * any order: CloudWatch's event id tells doubles apart; where there is none, the same text in the same millisecond does.
 */
import type { LogRecord } from "../domain/log-record.ts";
import { compareRecords, recordKey } from "../domain/record-order.ts";

export function recordsByStream(records: readonly LogRecord[]): Map<string, LogRecord[]> {
  const streams = new Map<string, { list: LogRecord[]; seen: Set<string>; sorted: boolean }>();
  for (const record of records) {
    let stream = streams.get(record.logStreamName);
    if (stream === undefined) {
      stream = { list: [], seen: new Set(), sorted: true };
      streams.set(record.logStreamName, stream);
    }
    const key = recordKey(record);
    if (stream.seen.has(key)) continue;
    stream.seen.add(key);
    const last = stream.list.at(-1);
    if (last !== undefined && compareRecords(last, record) > 0) stream.sorted = false;
    stream.list.push(record);
  }
  const names = [...streams.keys()].sort();
  const ordered = new Map<string, LogRecord[]>();
  for (const name of names) {
    const stream = streams.get(name);
    if (stream === undefined) continue;
    ordered.set(name, stream.sorted ? stream.list : [...stream.list].sort(compareRecords));
  }
  return ordered;
}
