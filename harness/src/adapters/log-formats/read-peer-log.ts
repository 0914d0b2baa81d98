/**
 * Reads the log of a peer: one JSON object on each line (docs/contracts.md#the-peer-log-line), alone or as the messages of an exported log
 * group.
 */
import type { PeerLogRecord } from "../../domain/peer-log.ts";
import { asPeerRecord } from "../run-directory/run-records.ts";
import type { LogEvent } from "../../logs/log-event.ts";
import { readValues, type Unreadable } from "./read-values.ts";

/** Passes on each record. Returns what could not be read, or null. */
export async function readPeerLog(
  source: string,
  bytes: AsyncIterable<Buffer>,
  take: (record: PeerLogRecord) => void,
): Promise<Unreadable | null> {
  const taken = (record: PeerLogRecord | null): boolean => {
    if (record !== null) take(record);
    return record !== null;
  };
  return readValues(source, bytes, {
    what: "the peer's log",
    // The peer's machine can also write other lines.
    mayHoldOthers: true,
    hint: () =>
      'One JSON object a line: {"time":"…","event":"accepted","connection":7,"remote":"10.0.1.12:40112","hello":null}',
    bare: (value) => taken(asPeerRecord(value)),
    // The log stream of the event does not matter.
    event: (event) => taken(insideEvent(event)),
    application: null,
  });
}

function insideEvent(event: LogEvent): PeerLogRecord | null {
  try {
    const value = JSON.parse(event.message) as unknown;
    const record =
      typeof value === "object" && value !== null ? asPeerRecord(value as Record<string, unknown>) : null;
    return record === null || event.eventId === null ? record : { ...record, eventId: event.eventId };
  } catch {
    return null;
  }
}
