/** Compares records of one log stream by the order in which they were written. */
import type { LogRecord } from "./log-record.ts";

/** The members by which the records of a stream are ordered. */
export type RecordPosition = Pick<LogRecord, "timestamp" | "ingestionTime" | "eventId">;

/**
 * Compares by event time, then ingestion time, then event id. This is the order that FilterLogEvents promises
 * (docs/aws/logs-api.md#operations). Equal records keep their order, because sorting is stable.
 */
export function compareRecords(a: RecordPosition, b: RecordPosition): number {
  if (a.timestamp !== b.timestamp) return a.timestamp - b.timestamp;
  if (a.ingestionTime !== null && b.ingestionTime !== null && a.ingestionTime !== b.ingestionTime)
    return a.ingestionTime - b.ingestionTime;
  if (a.eventId !== null && b.eventId !== null && a.eventId !== b.eventId)
    return compareIds(a.eventId, b.eventId);
  return 0;
}

/** Compares event ids. They are long decimal numbers, so a longer id is greater. */
function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}
