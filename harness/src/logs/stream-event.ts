/** One decoded event of a log stream, without its text. */
import type { LogRecord } from "../record/log-record.ts";
import type { RecordPosition } from "../record/record-order.ts";
import { decodeMessage, type DecodedMessage } from "./decode-message.ts";

export interface StreamEvent extends RecordPosition {
  /** The event id, or, without ids, the millisecond and the text. An event that was read twice has one identity. */
  readonly identity: string;
  readonly said: DecodedMessage;
  /** The beginning of the text if it could not be read (`said.kind` is `unknown`), else null. */
  readonly example: string | null;
}

const EXAMPLE_CHARACTERS = 120;

/** `key` returns a number or a text that identifies a message among others. */
export function streamEvent(
  { timestamp, ingestionTime, eventId, message }: Omit<LogRecord, "logGroup" | "logStreamName">,
  key: (message: string) => number | string,
): StreamEvent {
  const said = decodeMessage(message);
  return {
    timestamp,
    ingestionTime,
    eventId,
    // Application lines of the same millisecond have one identity. Each shows the same thing: that the environment was alive at that time.
    identity: eventId ?? (said.kind === "application" ? `${timestamp}` : `${timestamp} ${key(message)}`),
    said,
    example: said.kind === "unknown" ? message.trim().slice(0, EXAMPLE_CHARACTERS) : null,
  };
}

export function ownTime({ said, timestamp }: StreamEvent): number {
  return said.kind === "lifecycle" ? (said.line.time ?? timestamp) : timestamp;
}
