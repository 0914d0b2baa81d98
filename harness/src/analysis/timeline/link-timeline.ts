/**
 * Reads the engine's link log as connections. A connection is over when the peer has sent its FIN, even if the function never closes its
 * half. A connection that only the engine's exit closed counts as open.
 */
import { earlier } from "../../base/clocks.ts";
import { groupBy } from "../../base/group-by.ts";
import type { LinkLogRecord } from "../../record/link-log.ts";
import { parseIsoTime, type EpochMs } from "../../base/time.ts";
import type { LinkConnection } from "./environment.ts";
import { noteEvictions } from "./note-evictions.ts";

/** Returns the connections in the order of their first records. */
export function readLinks(records: Iterable<LinkLogRecord>): readonly LinkConnection[] {
  const connections = new Map<string, LinkConnection>();
  for (const record of records) {
    const time = parseIsoTime(record.time);
    if (time === null) continue;
    const key = `${record.environment} ${record.connection}`;
    const connection = connections.get(key) ?? newConnection(record, time);
    connections.set(key, connection);
    note(connection, record, time);
  }
  return [...connections.values()];
}

/**
 * Returns the connections of each environment, in the order in which they were opened. `connections` are those of one function to one peer.
 */
export function linkTimeline(connections: readonly LinkConnection[]): Map<string, LinkConnection[]> {
  const byEnvironment = groupBy(connections, ({ environment }) => environment);
  for (const list of byEnvironment.values())
    list.sort((a, b) => (a.openedAt === b.openedAt ? a.number - b.number : a.openedAt - b.openedAt));
  noteEvictions(connections);
  return byEnvironment;
}

/** Whether no connection is missing among those of all functions. An engine numbers them together. */
export function linksWhole(connections: Iterable<LinkConnection>): boolean {
  let least = Infinity;
  let most = 0;
  const numbers = new Set<number>();
  for (const { number } of connections) {
    least = Math.min(least, number);
    most = Math.max(most, number);
    numbers.add(number);
  }
  return numbers.size > 0 && most - least + 1 === numbers.size;
}

function note(connection: LinkConnection, record: LinkLogRecord, time: EpochMs): void {
  connection.upstreamLocal = record.upstreamLocal ?? connection.upstreamLocal;
  connection.answered = connection.answered || record.answered;
  connection.openedAt = earlier(connection.openedAt, time);
  if (record.protocol !== undefined) noteReading(connection, record);
  switch (record.event) {
    case "opened":
      return;
    case "answered":
      connection.answeredAt ??= time;
      connection.answer ??= record.answer ?? null;
      return;
    case "recognised":
      if (record.outcome === "accepted") connection.acceptedAt = connection.acceptedAt ?? time;
      return;
    case "connected":
      connection.connectedAt = connection.connectedAt ?? time;
      return;
    case "connect-failed":
      connection.failedAt = connection.failedAt ?? time;
      connection.failedBy ??= record.error;
      return;
    case "silenced":
      connection.silencedAt = connection.silencedAt ?? time;
      return;
    case "half-closed":
      if (record.by === "function") connection.functionEndedAt ??= time;
      // The peer is free only when it has closed the connection. A FIN of the function does not free it.
      if (record.by !== "peer" || connection.closedAt !== null) return;
      connection.closedAt = time;
      connection.by = "peer";
      connection.ending = "fin";
      return;
    case "closed":
      if (record.by === "engine-exit" || connection.closedAt !== null) return;
      connection.closedAt = time;
      if (record.by === "function") connection.functionEndedAt ??= time;
      connection.by = record.by;
      connection.ending = record.ending;
      connection.endReset = record.by !== "peer" && record.ending === "fin" && record.error !== null;
  }
}

/** A later record replaces an earlier one, because the link had seen more bytes or the end of the connection. */
function noteReading(connection: LinkConnection, record: LinkLogRecord): void {
  connection.protocol = record.protocol ?? null;
  connection.outcome = record.outcome ?? null;
  connection.code = record.code ?? null;
  connection.text = record.text ?? null;
  connection.clientName = record.clientName ?? null;
  connection.limit = record.limit ?? null;
  connection.user = record.user ?? null;
  connection.database = record.database ?? null;
  connection.countsPlaces = record.countsPlaces ?? true;
  connection.evicted = record.end === "evicted";
  connection.goodbye = record.goodbye ?? null;
  connection.goodbyeAt = record.goodbyeAt === undefined ? null : parseIsoTime(record.goodbyeAt);
  connection.contradiction = record.contradiction ?? null;
}

function newConnection(record: LinkLogRecord, time: EpochMs): LinkConnection {
  return {
    environment: record.environment,
    peer: record.peer ?? null,
    boot: record.boot,
    number: record.connection,
    openedAt: time,
    connectedAt: null,
    failedAt: null,
    failedBy: null,
    upstreamLocal: null,
    answered: false,
    answeredAt: null,
    answer: null,
    queued: false,
    acceptedAt: null,
    functionEndedAt: null,
    closedAt: null,
    by: null,
    ending: null,
    endReset: false,
    silencedAt: null,
    protocol: null,
    outcome: null,
    code: null,
    text: null,
    clientName: null,
    limit: null,
    user: null,
    database: null,
    countsPlaces: true,
    evicted: false,
    evictedBy: null,
    goodbye: null,
    goodbyeAt: null,
    contradiction: null,
    attempt: null,
  };
}
