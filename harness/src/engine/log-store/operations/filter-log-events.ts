/**
 * FilterLogEvents. The start and the end are inclusive. Events are sorted by event time, then ingestion, then arrival
 * (docs/aws/logs-api.md#operations). A page ends at its limit, at 1 MB, or when enough bytes were searched. So an empty page with a token
 * is normal, as on AWS.
 */
import { createHash } from "node:crypto";
import type { Position } from "../event-index.ts";
import { filterPattern } from "../filter-pattern.ts";
import { eventBytes, type StoredEvent, type LogGroup } from "../log-group.ts";
import { streamNotFound, invalidLogsParameter } from "../logs-error.ts";
import { type LogsOperation, groupOf, invalidToken, makeToken, readToken } from "../operation.ts";
import type { RequestMembers } from "../../request-validation/request-members.ts";
import { PAGE_BYTES_MAX, PAGE_EVENTS_MAX, readTimeRange } from "../event-page.ts";

/** A page ends when this many bytes were read, whether or not they match. */
const SEARCHED_BYTES_MAX = 8 * 1_048_576;
const BATCH_EVENTS = 1_000;

export const filterLogEvents: LogsOperation = (members, context) => {
  const limit = members.integer("limit") ?? PAGE_EVENTS_MAX;
  if (members.boolean("startFromHead") === false)
    throw invalidLogsParameter(
      "The local engine returns the earliest events first: startFromHead cannot be false.",
    );
  const matches = filterPattern(members.text("filterPattern") ?? "");
  const { from, to } = readTimeRange(members);
  const group = groupOf(members, context);
  const streams = streamsOf(members, group);
  const token = members.text("nextToken");
  let position = token === undefined ? null : readPosition(token);
  const found: StoredEvent[] = [];
  let bytes = 0;
  let searched = 0;
  let more = true;
  while (more && found.length < limit && bytes < PAGE_BYTES_MAX && searched < SEARCHED_BYTES_MAX) {
    const indexed = group.after(position, { from, to, streams, limit: BATCH_EVENTS });
    more = indexed.length === BATCH_EVENTS;
    for (const event of group.events(indexed)) {
      const full =
        found.length === limit || (found.length > 0 && bytes + eventBytes(event.message) > PAGE_BYTES_MAX);
      const matching = matches(event.message);
      if (matching && full) {
        more = true;
        bytes = PAGE_BYTES_MAX;
        break;
      }
      position = event.position;
      searched += eventBytes(event.message);
      if (!matching) continue;
      bytes += eventBytes(event.message);
      found.push(event);
    }
    const last = indexed.at(-1);
    // Events of deleted streams are not read, but the position moves past them.
    if (bytes < PAGE_BYTES_MAX && last !== undefined && more)
      position = { timestamp: last.timestamp, offset: last.offset };
  }
  return {
    events: found.map((event) => ({
      logStreamName: event.logStreamName,
      timestamp: event.timestamp,
      message: event.message,
      ingestionTime: event.ingestionTime,
      eventId: eventId(group, event.position),
    })),
    searchedLogStreams: [],
    ...(more && position !== null ? { nextToken: makeToken([position.timestamp, position.offset]) } : {}),
  };
};

function streamsOf(members: RequestMembers, group: LogGroup): ReadonlySet<number> | null {
  const names = members.texts("logStreamNames");
  const prefix = members.text("logStreamNamePrefix");
  if (names !== undefined && prefix !== undefined) {
    throw invalidLogsParameter(
      "Cannot specify both logStreamNames and logStreamNamePrefix in the same request.",
    );
  }
  if (names !== undefined) {
    return new Set(
      names.map((name) => {
        const stream = group.stream(name);
        if (stream === undefined) throw streamNotFound();
        return stream.number;
      }),
    );
  }
  if (prefix === undefined) return null;
  return new Set(
    group
      .streams()
      .filter(({ name }) => name.startsWith(prefix))
      .map(({ number }) => number),
  );
}

/** Makes an event id of 56 digits as on AWS: time, offset, and a hash of the group. The ids ascend in the order of the events. */
function eventId(group: LogGroup, { timestamp, offset }: Position): string {
  const digest = createHash("sha256").update(`${group.name}\n${group.createdAt}`).digest();
  const suffix = (digest.readBigUInt64BE(0) % 10n ** 20n).toString().padStart(20, "0");
  return `${String(timestamp).padStart(18, "0")}${String(offset).padStart(18, "0")}${suffix}`;
}

function readPosition(token: string): Position {
  const value = readToken(token);
  if (!Array.isArray(value) || !Number.isSafeInteger(value[0]) || !Number.isSafeInteger(value[1]))
    throw invalidToken();
  return { timestamp: value[0] as number, offset: value[1] as number };
}
