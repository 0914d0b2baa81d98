/** The lines of a run directory's files, each checked for what the judgement needs of it; null: it is another thing. */
import type { PlatformRecord } from "../../domain/ended-environment.ts";
import type { JournalEvent } from "../../domain/journal.ts";
import type { LinkLogRecord } from "../../domain/link-log.ts";
import type { LogRecord } from "../../domain/log-record.ts";
import { PEER_EVENTS, type PeerLogRecord } from "../../domain/peer-log.ts";

const isText = (value: unknown): value is string => typeof value === "string";
const isTextOrNull = (value: unknown): value is string | null => value === null || typeof value === "string";

export function asJournalEvent(value: Record<string, unknown>): JournalEvent | null {
  return isText(value["event"]) && isText(value["time"]) && typeof value["sequence"] === "number"
    ? (value as unknown as JournalEvent)
    : null;
}

/** Thousands of records name the same few groups and streams: one text each is enough. */
export function asLogRecord(value: Record<string, unknown>, names: Map<string, string>): LogRecord | null {
  const { logGroup, logStreamName, timestamp, message, ingestionTime, eventId } = value;
  if (!isText(logGroup) || !isText(logStreamName) || typeof timestamp !== "number" || !isText(message))
    return null;
  const known = (text: string): string => {
    const first = names.get(text) ?? text;
    names.set(text, first);
    return first;
  };
  return {
    logGroup: known(logGroup),
    logStreamName: known(logStreamName),
    timestamp,
    message,
    ingestionTime: typeof ingestionTime === "number" ? ingestionTime : null,
    eventId: isText(eventId) ? eventId : null,
  };
}

export function asPeerRecord(value: Record<string, unknown>): PeerLogRecord | null {
  const { time, event, connection, remote, hello } = value;
  const known = PEER_EVENTS.find((name) => name === event);
  if (!isText(time) || known === undefined) return null;
  const said = typeof hello === "object" && hello !== null ? (hello as Record<string, unknown>) : null;
  const member = (name: string): string | null => (isText(said?.[name]) ? said[name] : null);
  return {
    time,
    event: known,
    connection: typeof connection === "number" ? connection : null,
    remote: isText(remote) ? remote : null,
    hello:
      said === null
        ? null
        : { bootId: member("bootId"), logStream: member("logStream"), phase: member("phase") },
    ...(isText(value["eventId"]) ? { eventId: value["eventId"] } : {}),
  };
}

export function asLinkRecord(value: Record<string, unknown>): LinkLogRecord | null {
  const fits =
    isText(value["time"]) &&
    isText(value["event"]) &&
    isText(value["environment"]) &&
    typeof value["connection"] === "number";
  return fits && isTextOrNull(value["upstreamLocal"] ?? null) ? (value as unknown as LinkLogRecord) : null;
}

export function asPlatformRecord(value: Record<string, unknown>): PlatformRecord | null {
  const fits =
    value["result"] === "ended"
      ? isText(value["environment"]) && isText(value["time"])
      : typeof value["entry"] === "number";
  return fits ? (value as unknown as PlatformRecord) : null;
}
