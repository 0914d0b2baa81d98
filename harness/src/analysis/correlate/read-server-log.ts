/**
 * Converts a real server's log to a peer log. It keeps only connections under the limit that turned the function away, for example the
 * limit of its role. Clients get a hello if their names identify them.
 */
import { ALWAYS, later, momentBy, type Moment } from "../../base/clocks.ts";
import { groupBy } from "../../base/group-by.ts";
import { PEER_ENDINGS, type PeerLogRecord } from "../../record/peer-log.ts";
import {
  durationMs,
  epochMs,
  isoTime,
  parseIsoTime,
  type DurationMs,
  type EpochMs,
} from "../../base/time.ts";
import type { LinkConnection, ObservedEnvironment } from "../timeline/environment.ts";
import { inScopeOfLimit } from "./limit-scope.ts";
import { ClientNames } from "./name-clients.ts";

interface ServerLogInput {
  readonly environments: readonly ObservedEnvironment[];
  readonly links: ReadonlyMap<string, readonly LinkConnection[]> | null;
  /** Whether all lines of the evidence were written on one machine. */
  readonly local: boolean;
  readonly strangers: readonly string[];
  /** Whether the peer is expected to have one place. */
  readonly single: boolean;
  /** Connections that began after this time are left out, because the evidence does not cover them. */
  readonly until: EpochMs;
}

export interface PeerLogFacts {
  /** Whether a real server wrote the log. */
  readonly ofServer: boolean;
  /** The largest `resolutionMs` of the lines. */
  readonly resolutionMs: DurationMs;
  /** The time of the latest line of our own peer. Null if there is none. */
  readonly latest: Moment<"peer"> | null;
}

export function peerLogFacts(records: Iterable<PeerLogRecord>): PeerLogFacts {
  let [ofServer, resolutionMs, latest] = [false, 1, ALWAYS as Moment<"peer">];
  for (const { server, time } of records) {
    if (server === undefined) latest = later(latest, momentBy("peer", parseIsoTime(time)) ?? ALWAYS);
    else {
      ofServer = true;
      resolutionMs = Math.max(resolutionMs, server.resolutionMs ?? 1);
    }
  }
  return { ofServer, resolutionMs: durationMs(resolutionMs), latest: latest === ALWAYS ? null : latest };
}

/** On one machine and in runs with links, a log with coarser times than this does not show which invocation opened a connection. */
const COARSE_MS = 100;

/** Null if the times of the log are too coarse, or if several limits turned the function away. */
export function readServerLog(
  records: readonly PeerLogRecord[],
  { environments, links, local, strangers, single, until }: ServerLogInput,
): readonly PeerLogRecord[] | null {
  if ((local || links !== null) && peerLogFacts(records).resolutionMs > COARSE_MS) return null;
  const names = new ClientNames(environments, strangers);
  const ids = new Set(environments.map(({ id }) => id));
  const addresses = new Set([...(links?.values() ?? [])].flat().map(({ upstreamLocal }) => upstreamLocal));
  const isOwn = ({ hello, remote }: PeerLogRecord): boolean =>
    (hello?.logStream != null && ids.has(hello.logStream)) || (remote !== null && addresses.has(remote));
  const named = begunBy(until, inOrderOfTime(records)).map((record) => names.named(record));
  const scoped = inScopeOfLimit(named, isOwn);
  if (scoped === null) return null;
  const numbered = isCounted(named) ? renumbered(scoped) : scoped;
  return single ? acceptedAsSeen(freedBeforeServed(closedAsSeen(numbered, links)), links) : numbered;
}

function inOrderOfTime(records: readonly PeerLogRecord[]): readonly PeerLogRecord[] {
  return [...records].sort((a, b) => timeOf(a) - timeOf(b));
}

function begunBy(until: EpochMs, records: readonly PeerLogRecord[]): readonly PeerLogRecord[] {
  const kept = lives(records).map((life) => {
    const begun = new Set(life.filter((one) => timeOf(one) <= until).map(({ connection }) => connection));
    return life.filter(({ connection, event }) => event === "ready" || begun.has(connection));
  });
  return kept.flat();
}

function timeOf({ time }: PeerLogRecord): EpochMs {
  return parseIsoTime(time) ?? epochMs(0);
}

/** Whether no connection number is missing between two `ready` lines. If so, no line was lost. */
function isCounted(records: readonly PeerLogRecord[]): boolean {
  return lives(records).every((life, index) => {
    const numbers = new Set(life.flatMap(({ connection }) => connection ?? []));
    const least = Math.min(...numbers);
    return (
      numbers.size === 0 ||
      (Math.max(...numbers) - least + 1 === numbers.size && (index === 0 || least === 1))
    );
  });
}

function renumbered(records: readonly PeerLogRecord[]): readonly PeerLogRecord[] {
  return lives(records).flatMap((life) => {
    const numbers = new Map<number, number>();
    return life.map((record) => {
      if (record.connection === null) return record;
      const number = numbers.get(record.connection) ?? numbers.size + 1;
      numbers.set(record.connection, number);
      return { ...record, connection: number };
    });
  });
}

function lives(records: readonly PeerLogRecord[]): readonly (readonly PeerLogRecord[])[] {
  const all: PeerLogRecord[][] = [[]];
  for (const record of records) {
    if (record.event === "ready") all.push([]);
    all.at(-1)?.push(record);
  }
  return all;
}

/** A server may log the end of a connection up to this long before it closes the connection. */
const LOGGED_EARLY_MS = 1_000;

/** Some servers, such as sshd, log the end of a connection before they free its place. So the log's line gets the link's later time. */
function closedAsSeen(
  records: readonly PeerLogRecord[],
  links: ServerLogInput["links"],
): readonly PeerLogRecord[] {
  const byAddress = linksByAddress(links);
  const moved = records.map((record): PeerLogRecord => {
    if (record.event !== "closed") return record;
    const logged = timeOf(record);
    const seen = byAddress
      .get(record.remote)
      ?.find(
        ({ openedAt, closedAt }) =>
          openedAt < logged && closedAt !== null && closedAt > logged && closedAt <= logged + LOGGED_EARLY_MS,
      );
    return seen?.closedAt == null ? record : { ...record, time: isoTime(epochMs(seen.closedAt)) };
  });
  return inOrderOfTime(moved);
}

/** A server may log the end of a connection up to this long after the next client got its place. */
export const LOGGED_LATE_MS = 1_000;

/**
 * Moves the line of a connection's end to before the line that accepts the next client. A server with one place serves the next client only
 * when the place is free, but it may log the end of the earlier connection late.
 */
function freedBeforeServed(records: readonly PeerLogRecord[]): readonly PeerLogRecord[] {
  const ordered: PeerLogRecord[] = [...records];
  for (let index = 0; index < ordered.length; index += 1) {
    const record = ordered[index];
    if (record?.event !== "accepted") continue;
    const open = openBefore(ordered, index);
    if (open === null) continue;
    for (let later = index + 1; later < ordered.length; later += 1) {
      const end = ordered[later];
      if (end === undefined || timeOf(end) - timeOf(record) > LOGGED_LATE_MS || end.event === "ready") break;
      if (end.connection !== open || !ENDS.has(end.event)) continue;
      ordered.splice(later, 1);
      ordered.splice(index, 0, { ...end, time: isoTime(epochMs(timeOf(record))) });
      index += 1;
      break;
    }
  }
  return ordered;
}

/**
 * Moves the line that accepts a client back to the time of its TCP connection. A server may log a client only after its login, but a server
 * with one place already turns other clients away during the login. If the function had ended the connection by the time of the line,
 * nothing shows that the client was served. Then the line is not moved.
 */
function acceptedAsSeen(
  records: readonly PeerLogRecord[],
  links: ServerLogInput["links"],
): readonly PeerLogRecord[] {
  const byAddress = linksByAddress(links);
  let previous: PeerLogRecord | null = null;
  const moved = records.map((record): PeerLogRecord => {
    const { event, remote } = record;
    const before = previous;
    if (event === "accepted" || event === "ready" || ENDS.has(event)) previous = record;
    if (event !== "accepted" || before?.event === "accepted") return record;
    const logged = timeOf(record);
    const seen = byAddress.get(remote)?.findLast((link) => connectedAt(link) <= logged);
    if (seen === undefined || (seen.functionEndedAt ?? seen.closedAt ?? Infinity) <= logged) return record;
    const time = Math.max(connectedAt(seen), before === null ? 0 : timeOf(before));
    return { ...record, time: isoTime(epochMs(time)) };
  });
  return inOrderOfTime(moved);
}

function connectedAt({ connectedAt: at, openedAt }: LinkConnection): EpochMs {
  return at ?? openedAt;
}

/** Leaves out links without an address on the server's side, because no line of the server's log can be about them. */
function linksByAddress(links: ServerLogInput["links"]): ReadonlyMap<string | null, LinkConnection[]> {
  const known = [...(links?.values() ?? [])].flat().filter(({ upstreamLocal }) => upstreamLocal !== null);
  return groupBy(known, ({ upstreamLocal }) => upstreamLocal);
}

const ENDS: ReadonlySet<PeerLogRecord["event"]> = new Set(PEER_ENDINGS);

/** Returns the connection that was accepted last before this line and has not ended. With one place, there is at most one. */
function openBefore(records: readonly PeerLogRecord[], index: number): number | null {
  for (let before = index - 1; before >= 0; before -= 1) {
    const record = records[before];
    if (record === undefined || record.event === "ready") return null;
    if (record.connection === null) continue;
    if (ENDS.has(record.event)) return null;
    if (record.event === "accepted") return record.connection;
  }
  return null;
}
