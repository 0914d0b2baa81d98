import { compareTexts } from "../base/compare-texts.ts";
import type { LogRecord } from "./log-record.ts";

export type RecordPosition = Pick<LogRecord, "timestamp" | "ingestionTime" | "eventId">;

/**
 * Compares records of one stream by event time, ingestion time and event id. FilterLogEvents promises this order
 * (docs/aws/logs-api.md#operations).
 */
export function compareRecords(a: RecordPosition, b: RecordPosition): number {
  if (a.timestamp !== b.timestamp) return a.timestamp - b.timestamp;
  if (a.ingestionTime !== null && b.ingestionTime !== null && a.ingestionTime !== b.ingestionTime)
    return a.ingestionTime - b.ingestionTime;
  if (a.eventId !== null && b.eventId !== null && a.eventId !== b.eventId)
    return compareIds(a.eventId, b.eventId);
  return 0;
}

/** Event ids are long decimal numbers, so a longer id is greater. */
function compareIds(a: string, b: string): number {
  if (a.length !== b.length) return a.length - b.length;
  return compareTexts(a, b);
}
