/**
 * GetLogEvents. The start is inclusive and the end is exclusive. If there are no more events, the same token is returned, so that a reader
 * recognises the end (docs/aws/logs-api.md#operations). Tokens are never null, so that a reader can continue later.
 */
import type { IndexedEvent, Position } from "../event-index.ts";
import { eventBytes, type StoredEvent } from "../log-group.ts";
import { streamNotFound } from "../logs-error.ts";
import { type LogsOperation, groupOf, invalidToken } from "../operation.ts";
import { PAGE_BYTES_MAX, PAGE_EVENTS_MAX, readTimeRange } from "../event-page.ts";

export const getLogEvents: LogsOperation = (members, context) => {
  const name = members.required("logStreamName");
  const limit = members.integer("limit") ?? PAGE_EVENTS_MAX;
  const { from, to: end } = readTimeRange(members);
  const sent = members.text("nextToken");
  const token = sent === undefined ? null : readToken(sent);
  const group = groupOf(members, context);
  const stream = group.stream(name);
  if (stream === undefined) throw streamNotFound();
  const query = { from, to: end - 1, streams: new Set([stream.number]), limit };
  const forward = token === null ? (members.boolean("startFromHead") ?? false) : token.forward;
  const indexed = forward
    ? group.after(token?.position ?? null, query)
    : group.before(token?.position ?? null, query);
  const events = withinPage(group.events(indexed), forward);
  const first = events[0]?.position;
  const last = events.at(-1)?.position;
  // The tokens of an empty page have the position from which this request read.
  const rest = token?.position ?? (forward ? { timestamp: from, offset: -1 } : beforeEnd(end, indexed));
  return {
    events: events.map(({ timestamp, message, ingestionTime }) => ({ timestamp, message, ingestionTime })),
    nextForwardToken: makeToken("f", last ?? rest),
    nextBackwardToken: makeToken("b", first ?? rest),
  };
};

function withinPage(events: readonly StoredEvent[], forward: boolean): readonly StoredEvent[] {
  const ordered = forward ? events : events.toReversed();
  const page: StoredEvent[] = [];
  let bytes = 0;
  for (const event of ordered) {
    bytes += eventBytes(event.message);
    if (page.length > 0 && bytes > PAGE_BYTES_MAX) break;
    page.push(event);
  }
  return forward ? page : page.reverse();
}

/** The position of the end time. If the page is empty and the request has no end time, it is the position before the first event. */
function beforeEnd(end: number, indexed: readonly IndexedEvent[]): Position {
  return indexed.length === 0 && end === Number.MAX_SAFE_INTEGER
    ? { timestamp: 0, offset: -1 }
    : { timestamp: end, offset: -1 };
}

function makeToken(direction: "f" | "b", { timestamp, offset }: Position): string {
  return `${direction}/${String(timestamp).padStart(20, "0")}.${offset}`;
}

function readToken(token: string): { readonly forward: boolean; readonly position: Position } {
  const match = /^([fb])\/(\d{20})\.(-?\d{1,16})$/.exec(token);
  if (match === null) throw invalidToken();
  return { forward: match[1] === "f", position: { timestamp: Number(match[2]), offset: Number(match[3]) } };
}
