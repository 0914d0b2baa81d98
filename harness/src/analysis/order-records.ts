/**
 * Log records by stream, each once, in the order in which they were written. Records may come doubled (overlapping reads) and in
 * any order: CloudWatch's event id tells doubles apart; where there is none, the same text in the same millisecond does.
 */
import type { LogRecord } from "../domain/log-record.ts";

export function recordsByStream(records: readonly LogRecord[]): Map<string, LogRecord[]> {
  const streams = new Map<string, { list: LogRecord[]; seen: Set<string>; sorted: boolean }>();
  for (const record of records) {
    let stream = streams.get(record.logStreamName);
    if (stream === undefined) {
      stream = { list: [], seen: new Set(), sorted: true };
      streams.set(record.logStreamName, stream);
    }
    const key = record.eventId ?? `${record.timestamp}\u0000${record.message}`;
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

/** Event time, then ingestion time, then event id: the order that FilterLogEvents promises (facts §5.5). Sorting is stable. */
function compareRecords(a: LogRecord, b: LogRecord): number {
  if (a.timestamp !== b.timestamp) return a.timestamp - b.timestamp;
  if (a.ingestionTime !== null && b.ingestionTime !== null && a.ingestionTime !== b.ingestionTime)
    return a.ingestionTime - b.ingestionTime;
  if (a.eventId !== null && b.eventId !== null && a.eventId !== b.eventId)
    return compareIds(a.eventId, b.eventId);
  return 0;
}

/** Event ids are long decimal numbers: longer is greater. */
function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
