/** Reads the lines of a run directory's files, so that no reader has to check them. Each function returns null for a line of another form. */
import { PLATFORM_RECORD } from "../../record/ended-environment.ts";
import { METRICS_LINE } from "../../record/function-metrics.ts";
import { JOURNAL_EVENT, OTHER_EVENT, type JournalEvent } from "../../record/journal.ts";
import type { JsonObject } from "../../base/json-object.ts";
import { LINK_LOG_RECORD } from "../../record/link-log.ts";
import { LOG_RECORD, type LogRecord } from "../../record/log-record.ts";
import { PEER_LOG_RECORD, type PeerLogRecord } from "../../record/peer-log.ts";
import { readAs, readMended } from "../../record/schema/read-as.ts";
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

const asMendedLog = readMended(LOG_RECORD);

/** Thousands of records name the same few groups and streams, so `names` keeps one copy of each text. */
export function asLogRecord(value: JsonObject, names: Map<string, string>): LogRecord | null {
  const record = asMendedLog(value);
  if (record === null) return null;
  const known = (text: string): string => {
    const first = names.get(text) ?? text;
    names.set(text, first);
    return first;
  };
  return { ...record, logGroup: known(record.logGroup), logStreamName: known(record.logStreamName) };
}

const asMendedPeer = readMended(PEER_LOG_RECORD);

export function asPeerRecord(value: JsonObject): PeerLogRecord | null {
  const record = asMendedPeer(value);
  const connection = record?.connection ?? null;
  return connection === null || Number.isSafeInteger(connection) ? record : null;
}

export const asLinkRecord = readAs(LINK_LOG_RECORD);
export const asPlatformRecord = readAs(PLATFORM_RECORD);
export const asMetricsLine = readAs(METRICS_LINE);
