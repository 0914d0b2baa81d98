/**
 * What link log and peer log say about one connection, as facts of the theory. The link relays: its time is before the server's for what a
 * client does, and after it for what the server does. All are times of one machine.
 */
import { onAxis } from "../../../src/base/clocks.ts";
import type { EpochMs } from "../../../src/base/time.ts";
import type { ConnectionFacts } from "../../../src/theory/facts/facts.ts";
import { NEVER, notUntil, seenAt, UNKNOWN, type EventSighting } from "../../../src/theory/facts/sighting.ts";
import type { LinkConnection, ObservedPeerConnection } from "../../../src/analysis/timeline/environment.ts";
import { ARRIVES, RUNS } from "./lags.ts";
import type { SeenEnd } from "./seen-ends.ts";

export interface ConnectionAround {
  /** The process that opened it. */
  readonly owner: string;
  readonly seenEnd: SeenEnd | null;
  /** When that process ended. */
  readonly over: EpochMs | null;
  /** What the server's log has of it. */
  readonly peer: ObservedPeerConnection | null;
  /** Whether the server's log has every connection. */
  readonly logged: boolean;
  /** Whether the machine was down when the client asked. */
  readonly down: boolean;
  /** When the server gave a place to somebody, in order. */
  readonly places: readonly EpochMs[];
  /** The end of the evidence. */
  readonly end: EpochMs;
}

export function connectionFacts(link: LinkConnection, around: ConnectionAround): ConnectionFacts {
  const { owner, peer, logged, down, end } = around;
  const common: ConnectionFacts = {
    ...{ id: String(link.number), owners: [owner], name: null, scopes: [0] },
    ...{ asked: seenAt(link.openedAt, link.connectedAt ?? link.failedAt ?? end), spoke: UNKNOWN },
    ...{ queued: UNKNOWN, placed: UNKNOWN, turnedAway: UNKNOWN, evicted: UNKNOWN, firstByte: UNKNOWN },
    ...{
      serverClosed: UNKNOWN,
      ended: UNKNOWN,
      freed: UNKNOWN,
      used: [],
      usesComplete: logged && peer !== null,
    },
  };
  if (down) {
    // No limit of a machine that is down counts the client, which was gone at once.
    const gone = seenAt(link.openedAt, link.failedAt ?? end);
    return { ...common, scopes: [], placed: gone, ended: gone, freed: gone };
  }
  const ended = clientEnd(link, peer, around);
  return {
    ...common,
    ended,
    firstByte: firstByte(link, end),
    serverClosed: serverEnd(link, peer, { ...around, ended }),
    ...(logged && peer !== null ? inServersLog(peer, link, { ...around, ended }) : {}),
  };
}

const byPeer = ({ by, closedAt }: LinkConnection): boolean => by === "peer" && closedAt !== null;

function firstByte(
  { answeredAt, closedAt, failedAt, silencedAt }: LinkConnection,
  end: EpochMs,
): EventSighting {
  if (answeredAt !== null) return seenAt(answeredAt - RUNS.neverBeyond, answeredAt);
  if (closedAt !== null || failedAt !== null) return NEVER;
  return notUntil((silencedAt ?? end + 1) - 1);
}

/**
 * The log does not show the place of a client that left before it said who it was. A busy server reads a request after its client has
 * gone: that is no exchange.
 */
function inServersLog(
  peer: ObservedPeerConnection,
  link: LinkConnection,
  { ended, seenEnd, places, end }: ConnectionAround & { readonly ended: EventSighting },
): Pick<ConnectionFacts, "queued" | "placed" | "turnedAway" | "evicted" | "freed" | "used"> {
  const at = (moment: ObservedPeerConnection["acceptedAt"]): EventSighting => {
    const time = onAxis(moment);
    return time === null ? NEVER : seenAt(time);
  };
  const isDecided = peer.acceptedAt !== null || peer.refusedAt !== null;
  const until = ({ from }: EventSighting): EventSighting =>
    seenAt(from, places.find((time) => time >= from) ?? end);
  const endedByServer = byPeer(link) || link.silencedAt !== null;
  const gone = link.silencedAt ?? finAt(link, seenEnd) ?? ended.to;
  const isEvicted = peer.ending === "evicted";
  const isFreed = peer.acceptedAt !== null && !isEvicted && !endedByServer && peer.ending !== "ready";
  return {
    queued: at(peer.queuedAt),
    placed: isDecided ? at(peer.acceptedAt) : UNKNOWN,
    turnedAway: isDecided ? at(peer.refusedAt) : UNKNOWN,
    // The place goes to the newer client, and the log has the time of that, too.
    evicted: isEvicted ? until(at(peer.endedAt)) : NEVER,
    freed: isFreed ? at(peer.endedAt) : UNKNOWN,
    used: peer.requests.map((request) => at(request)).filter(({ to }) => to <= gone),
  };
}

const finAt = ({ goodbyeAt }: LinkConnection, seenEnd: SeenEnd | null): EpochMs | null =>
  goodbyeAt ?? (seenEnd === null || seenEnd.by === "peer" ? null : seenEnd.at);

/** When the server was told that the client had gone. */
function clientEnd(
  link: LinkConnection,
  peer: ObservedPeerConnection | null,
  { seenEnd, over, end }: ConnectionAround,
): EventSighting {
  if (link.silencedAt !== null) return NEVER;
  if (link.closedAt !== null && byPeer(link) && link.functionEndedAt === null)
    return notUntil(link.closedAt - 1);
  const freed = onAxis(peer?.endedAt) ?? Infinity;
  // A machine that went down took its clients with it.
  if (peer?.ending === "ready" && peer.acceptedAt !== null) return seenAt(link.openedAt, freed);
  const fin = finAt(link, seenEnd);
  if (fin !== null) return seenAt(fin, Math.max(fin, Math.min(fin + ARRIVES.neverBeyond, freed)));
  if (link.closedAt !== null) {
    const to = Math.min(link.closedAt, freed);
    // Until its process ended, the client had ended nothing. It can have reset the connection shortly before the line, else long before.
    const reset = link.ending === "rst" ? link.closedAt - RUNS.neverBeyond : -Infinity;
    const from = link.by === "environment-end" ? over : Math.max(reset, link.answeredAt ?? link.openedAt);
    return seenAt(Math.min(from ?? link.openedAt, to), to);
  }
  return notUntil((link.failedAt ?? end + 1) - 1);
}

function serverEnd(
  link: LinkConnection,
  peer: ObservedPeerConnection | null,
  { ended, seenEnd, end }: ConnectionAround & { readonly ended: EventSighting },
): EventSighting {
  const at = link.failedAt ?? (byPeer(link) ? link.closedAt : null);
  if (at !== null)
    return seenAt(seenEnd !== null || link.ending === "rst" ? at - RUNS.neverBeyond : link.openedAt, at);
  // Older engines wrote no line about the FIN of a server whose client stayed.
  if (peer !== null && peer.endedAt !== null) return UNKNOWN;
  return notUntil(ended.seen ? ended.from - 1 : end);
}
