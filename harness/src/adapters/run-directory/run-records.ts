/** Checks the lines of a run directory's files, so that no reader has to do it. Each function returns null for a line of another form. */
import { ENDED, type EndedEnvironment, type PlatformRecord } from "../../domain/ended-environment.ts";
import type { MetricReading } from "../../domain/function-metrics.ts";
import { ATTEMPT_OUTCOMES } from "../../domain/connection-outcome.ts";
import type { JournalEvent } from "../../domain/journal.ts";
import { CONNECTION_ENDINGS, LINK_ENDED_BY, LINK_EVENTS, type LinkLogRecord } from "../../domain/link-log.ts";
import type { LogRecord } from "../../domain/log-record.ts";
import {
  PEER_EVENTS,
  SERVER_LIMITS,
  type PeerLogRecord,
  type ServerLogWords,
} from "../../domain/peer-log.ts";
import { APPLIED_RESULTS, ENDINGS } from "../../domain/plan.ts";
import type { AppliedEntry } from "../../domain/plan-file.ts";
import { asEvidenceRemark } from "./evidence-remarks.ts";
import { isJournalEvent } from "./journal-shape.ts";
import {
  hasShape,
  isAbsentOr,
  isBoolean,
  isListOfTexts,
  isNullOr,
  isNumber,
  isNumberOrNull,
  isOneOf,
  isText,
  isTextOrNull,
  type Shape,
} from "./members.ts";
import { asJsonObject, isJsonObject, type JsonObject } from "../../domain/json-object.ts";
import { isInstant } from "../../units/time.ts";

export function asJournalEvent(value: Record<string, unknown>): JournalEvent | null {
  const event = asEvidenceRemark(value);
  return event !== null && isJournalEvent(event) ? event : null;
}

/** Thousands of records name the same few groups and streams, so `names` keeps one copy of each text. */
export function asLogRecord(value: Record<string, unknown>, names: Map<string, string>): LogRecord | null {
  const { logGroup, logStreamName, timestamp, message, ingestionTime, eventId } = value;
  if (!isText(logGroup) || !isText(logStreamName) || !isInstant(timestamp) || !isText(message)) return null;
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
    ingestionTime: isNumber(ingestionTime) ? ingestionTime : null,
    eventId: isText(eventId) ? eventId : null,
  };
}

export function asPeerRecord(value: Record<string, unknown>): PeerLogRecord | null {
  const { time, event, connection, remote, hello } = value;
  const known = PEER_EVENTS.find((name) => name === event);
  if (!isText(time) || known === undefined) return null;
  if (typeof connection === "number" && !Number.isSafeInteger(connection)) return null;
  const said = asJsonObject(hello);
  const server = asJsonObject(value["server"]);
  const member = (name: string): string | null => (isText(said?.[name]) ? said[name] : null);
  return {
    time,
    event: known,
    connection: isNumber(connection) ? connection : null,
    remote: isText(remote) ? remote : null,
    hello:
      said === null
        ? null
        : { bootId: member("bootId"), logStream: member("logStream"), phase: member("phase") },
    ...(server === null ? {} : { server: asServerWords(server) }),
    ...(isText(value["peer"]) ? { peer: value["peer"] } : {}),
    ...(isText(value["eventId"]) ? { eventId: value["eventId"] } : {}),
  };
}

function asServerWords(value: JsonObject): ServerLogWords {
  const member = (name: string): string | null => (isText(value[name]) ? value[name] : null);
  const { limit, resolutionMs } = value;
  return {
    client: member("client"),
    user: member("user"),
    database: member("database"),
    limit: SERVER_LIMITS.find((name) => name === limit) ?? null,
    session: member("session"),
    resolutionMs: isNumber(resolutionMs) ? resolutionMs : 1,
  };
}

const LINK_RECORD: Shape = [
  ["time", isText],
  ["event", isOneOf(LINK_EVENTS)],
  ["functionName", isText],
  ["environment", isText],
  ["boot", isNumber],
  ["connection", isNumber],
  ["upstreamLocal", isTextOrNull],
  ["by", isNullOr(isOneOf(LINK_ENDED_BY))],
  ["ending", isNullOr(isOneOf(CONNECTION_ENDINGS))],
  ["answered", isBoolean],
  ["error", isTextOrNull],
  ["peer", isAbsentOr(isText)],
  ["protocol", isAbsentOr(isText)],
  ["outcome", isAbsentOr(isNullOr(isOneOf(ATTEMPT_OUTCOMES)))],
  ["code", isAbsentOr(isTextOrNull)],
  ["text", isAbsentOr(isTextOrNull)],
  ["clientName", isAbsentOr(isTextOrNull)],
  ["session", isAbsentOr(isTextOrNull)],
  ["limit", isAbsentOr(isText)],
  ["user", isAbsentOr(isText)],
  ["database", isAbsentOr(isText)],
  ["countsPlaces", isAbsentOr(isBoolean)],
  ["end", isAbsentOr(isText)],
  ["goodbye", isAbsentOr(isNullOr(isBoolean))],
  ["goodbyeAt", isAbsentOr(isText)],
  ["contradiction", isAbsentOr(isText)],
];

export function asLinkRecord(value: Record<string, unknown>): LinkLogRecord | null {
  return isLinkRecord(value) ? value : null;
}

function isLinkRecord(value: object): value is LinkLogRecord {
  return hasShape(value as JsonObject, LINK_RECORD);
}

const ENDED_ENVIRONMENT: Shape = [
  ["functionName", isText],
  ["environment", isText],
  ["time", isText],
  ["ending", isOneOf(ENDINGS)],
];

const APPLIED_ENTRY: Shape = [
  ["functionName", isText],
  ["entry", isNumber],
  ["result", isOneOf(APPLIED_RESULTS)],
  ["from", isText],
  ["to", isText],
  ["environments", isListOfTexts],
];

export function asPlatformRecord(value: Record<string, unknown>): PlatformRecord | null {
  return isEnded(value) || isApplied(value) ? value : null;
}

function isEnded(value: object): value is EndedEnvironment {
  const members = value as JsonObject;
  return members["result"] === ENDED && hasShape(members, ENDED_ENVIRONMENT);
}

function isApplied(value: object): value is AppliedEntry {
  return hasShape(value as JsonObject, APPLIED_ENTRY);
}

/** `function` is the label of the function. */
export interface MetricsLine extends MetricReading {
  readonly function: string;
}

export function asMetricsLine(value: Record<string, unknown>): MetricsLine | null {
  return isMetricsLine(value) ? value : null;
}

function isMetricsLine(value: unknown): value is MetricsLine {
  if (!isJsonObject(value) || !hasShape(value, METRICS_LINE)) return false;
  const { points } = value;
  return Array.isArray(points) && points.every((one) => isJsonObject(one) && hasShape(one, METRIC_POINT));
}

const METRICS_LINE: Shape = [
  ["function", isText],
  ["functionName", isText],
  ["readAt", isTextOrNull],
  ["from", isTextOrNull],
  ["to", isTextOrNull],
];
const METRIC_POINT: Shape = [
  ["time", isText],
  ["invocations", isNumberOrNull],
  ["errors", isNumberOrNull],
];
