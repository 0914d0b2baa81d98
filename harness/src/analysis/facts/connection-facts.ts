/**
 * What link log and peer log together say about one connection, as facts of the theory. The link relays, so its time is before the server's
 * for what a client does, and after it for what the server does. Both are clocks of one machine.
 */
import { onAxis } from "../../base/clocks.ts";
import type { ConnectionFacts } from "../../theory/facts/facts.ts";
import { both, NEVER, notUntil, seenAt, UNKNOWN, type EventSighting } from "../../theory/facts/sighting.ts";
import { ARRIVES } from "../../theory/model/lags.ts";
import type { LinkConnection, ObservedPeerConnection } from "../timeline/environment.ts";

const LAG = ARRIVES.neverBeyond;

export interface ConnectionAround {
  readonly owners: readonly string[];
  /** Whether the server's log has every connection. */
  readonly logged: boolean;
  /** Whether the machine was down when the client asked. Then no limit counts the client. */
  readonly down: boolean;
  readonly end: number;
}

export function connectionFacts(link: LinkConnection, { owners, logged, down, end }: ConnectionAround): ConnectionFacts {
  const peer = link.attempt?.peer ?? null;
  const asked = seenAt(link.openedAt, link.connectedAt ?? link.failedAt ?? end);
  const common = { id: String(link.number), owners, name: null, asked, spoke: UNKNOWN, usesComplete: logged };
  const nothing = {
    ...{ queued: UNKNOWN, placed: UNKNOWN, turnedAway: UNKNOWN, evicted: UNKNOWN, firstByte: UNKNOWN },
    ...{ serverClosed: UNKNOWN, ended: UNKNOWN, freed: UNKNOWN, used: [] },
  };
  if (down) return { ...common, ...nothing, scopes: [], ended: seenAt(link.openedAt, link.failedAt ?? end) };
  const ended = clientEnd(link, peer, end);
  const byPeer = link.by === "peer" && link.closedAt !== null;
  return {
    ...common,
    ...nothing,
    scopes: [0],
    ended,
    firstByte: link.answeredAt === null ? notUntil(lastSeen(link, end)) : seenAt(link.answeredAt - LAG, link.answeredAt),
    serverClosed: serverEnd(link, ended, end),
    ...(logged ? served(peer, byPeer || link.silencedAt !== null) : {}),
  };
}

/** What the server's log says. It shows no place of a client that left before it said who it was. */
function served(
  peer: ObservedPeerConnection | null,
  endedByServer: boolean,
): Pick<ConnectionFacts, "queued" | "placed" | "turnedAway" | "evicted" | "freed" | "used"> {
  const at = (moment: ObservedPeerConnection["acceptedAt"] | undefined): EventSighting => {
    const time = onAxis(moment);
    return time === null ? NEVER : seenAt(time);
  };
  const isDecided = peer !== null && (peer.acceptedAt !== null || peer.refusedAt !== null);
  const isEvicted = peer?.ending === "evicted";
  const isFreed = peer?.acceptedAt != null && !isEvicted && !endedByServer && peer.ending !== "ready";
  return {
    queued: at(peer?.queuedAt),
    placed: isDecided ? at(peer.acceptedAt) : UNKNOWN,
    turnedAway: isDecided ? at(peer.refusedAt) : UNKNOWN,
    // The place goes to the newer client right after the line about it.
    evicted: isEvicted ? seenAt(at(peer.endedAt).from, at(peer.endedAt).to + LAG) : NEVER,
    freed: isFreed ? at(peer.endedAt) : UNKNOWN,
    used: (peer?.requests ?? []).map((request) => at(request)),
  };
}

const lastSeen = (link: LinkConnection, end: number): number =>
  (link.functionEndedAt ?? link.environmentEndedAt ?? link.silencedAt ?? link.closedAt ?? link.failedAt ?? end + 1) - 1;

/** When the server was told that the client had gone. */
function clientEnd(link: LinkConnection, peer: ObservedPeerConnection | null, end: number): EventSighting {
  if (link.silencedAt !== null) return NEVER;
  if (link.by === "peer" && link.closedAt !== null && link.functionEndedAt === null) return notUntil(link.closedAt - 1);
  // Older engines wrote only one line about the end, when both sides had ended.
  const fin = link.goodbyeAt ?? [link.functionEndedAt, link.environmentEndedAt].find((at) => at !== null && at !== link.closedAt) ?? null;
  const freed = onAxis(peer?.endedAt) ?? Infinity;
  // A machine that went down took its clients with it.
  if (peer?.ending === "ready") return seenAt(link.connectedAt ?? link.openedAt, freed);
  if (fin !== null) return both(seenAt(fin, fin + LAG), seenAt(-Infinity, Math.max(fin, freed)));
  if (link.closedAt === null) return link.failedAt === null ? notUntil(end) : notUntil(link.failedAt - 1);
  return seenAt(link.answeredAt ?? link.connectedAt ?? link.openedAt, Math.min(link.closedAt, freed));
}

function serverEnd(link: LinkConnection, ended: EventSighting, end: number): EventSighting {
  if (link.failedAt !== null) return seenAt(link.openedAt, link.failedAt);
  if (link.by === "peer" && link.closedAt !== null) return seenAt(link.openedAt, link.closedAt);
  return ended.seen ? notUntil(ended.from - 1) : notUntil(end);
}
