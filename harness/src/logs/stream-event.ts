/**
 * One event of a log stream, decoded. Its text is decoded once, here, and not kept. Two events with the same id are the same event; where
 * an export gives no ids, the same text in the same millisecond is the same event.
 */
import type { LogRecord } from "../domain/log-record.ts";
import type { PlaceOfRecord } from "../domain/record-order.ts";
import { decodeMessage, type DecodedMessage } from "./decode-message.ts";

export interface StreamEvent extends PlaceOfRecord {
  /** Equal for two readings of one event, and different for two events of one stream that say different things. */
  readonly identity: string;
  readonly said: DecodedMessage;
  /** The beginning of a text that could not be read (`said.kind` is `unknown`); null for any other. */
  readonly example: string | null;
}

/** So much of a text that could not be read is shown. */
const EXAMPLE_CHARACTERS = 120;

/** `key`: a number or a text that stands for a message among others. */
export function streamEvent(
  { timestamp, ingestionTime, eventId, message }: Omit<LogRecord, "logGroup" | "logStreamName">,
  key: (message: string) => number | string,
): StreamEvent {
  const said = decodeMessage(message);
  return {
    timestamp,
    ingestionTime,
    eventId,
    // Two lines of an application in one millisecond say the same: that the environment lived then.
    identity: eventId ?? (said.kind === "application" ? `${timestamp}` : `${timestamp} ${key(message)}`),
    said,
    example: said.kind === "unknown" ? message.trim().slice(0, EXAMPLE_CHARACTERS) : null,
  };
}

/** By the function's own clock, where a line of its own says so. */
export function ownTime({ said, timestamp }: StreamEvent): number {
  return said.kind === "lifecycle" ? (said.line.time ?? timestamp) : timestamp;
}
