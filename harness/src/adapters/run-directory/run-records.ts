/** Reads the lines of a run directory's files, so that no reader has to check them. Each function returns null for a line of another form. */
import { PLATFORM_RECORD } from "../../domain/ended-environment.ts";
import { METRICS_LINE } from "../../domain/function-metrics.ts";
import { JOURNAL_EVENT, OTHER_EVENT, type JournalEvent } from "../../domain/journal.ts";
import { asJsonObject, type JsonObject } from "../../domain/json-object.ts";
import { LINK_LOG_RECORD } from "../../domain/link-log.ts";
import { LOG_RECORD, type LogRecord } from "../../domain/log-record.ts";
import {
  PEER_LOG_RECORD,
  SERVER_LIMITS,
  type PeerLogRecord,
  type ServerLogWords,
} from "../../domain/peer-log.ts";
import { readAs } from "../../domain/record/read-as.ts";
import { asEvidenceRemark } from "./evidence-remarks.ts";

const EVENTS: ReadonlySet<unknown> = JOURNAL_EVENT._zod.propValues["event"] ?? new Set();
const asKnownEvent = readAs(JOURNAL_EVENT);
const asOtherEvent = readAs(OTHER_EVENT);

/** An event of a later version is accepted if it has the members that every event has, so that no sequence number seems to be missing. */
export function asJournalEvent(value: JsonObject): JournalEvent | null {
  const event = asEvidenceRemark(value);
  if (event === null) return null;
  return EVENTS.has(event["event"]) ? asKnownEvent(event) : (asOtherEvent(event) as JournalEvent | null);
}

const asCheckedLog = readAs(LOG_RECORD);

/** Thousands of records name the same few groups and streams, so `names` keeps one copy of each text. */
export function asLogRecord(value: JsonObject, names: Map<string, string>): LogRecord | null {
  const checked = asCheckedLog(value);
  if (checked === null) return null;
  const { logGroup, logStreamName, timestamp, message, ingestionTime, eventId } = checked;
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
    ingestionTime: Number.isFinite(ingestionTime) ? ingestionTime : null,
    eventId: textIn(eventId),
  };
}

const asCheckedPeer = readAs(PEER_LOG_RECORD);

export function asPeerRecord(value: JsonObject): PeerLogRecord | null {
  const checked = asCheckedPeer(value);
  if (checked === null) return null;
  const { time, event } = checked;
  const { connection, remote, hello, peer, eventId } = value;
  if (typeof connection === "number" && !Number.isSafeInteger(connection)) return null;
  const said = asJsonObject(hello);
  const server = asJsonObject(value["server"]);
  return {
    time,
    event,
    connection: typeof connection === "number" ? connection : null,
    remote: textIn(remote),
    hello:
      said === null
        ? null
        : {
            bootId: textIn(said["bootId"]),
            logStream: textIn(said["logStream"]),
            phase: textIn(said["phase"]),
          },
    ...(server === null ? {} : { server: asServerWords(server) }),
    ...(typeof peer === "string" ? { peer } : {}),
    ...(typeof eventId === "string" ? { eventId } : {}),
  };
}

function asServerWords({ client, user, database, limit, session, resolutionMs }: JsonObject): ServerLogWords {
  return {
    client: textIn(client),
    user: textIn(user),
    database: textIn(database),
    limit: SERVER_LIMITS.find((name) => name === limit) ?? null,
    session: textIn(session),
    resolutionMs: typeof resolutionMs === "number" && Number.isFinite(resolutionMs) ? resolutionMs : 1,
  };
}

function textIn(value: unknown): string | null {
  return typeof value === "string" ? value : null;
}

export const asLinkRecord = readAs(LINK_LOG_RECORD);
export const asPlatformRecord = readAs(PLATFORM_RECORD);
export const asMetricsLine = readAs(METRICS_LINE);
