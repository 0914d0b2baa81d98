/**
 * Counts how many connections were open at the peer at one time, and decides whether this refutes the number of places that the user gave
 * (docs/checks.md#more-than-one-place). Only a complete peer log or a link log can show this, because all times of such a log are from one clock.
 */
import type { Capacity } from "../../domain/capacity.ts";
import type { Attempt, ObservedEnvironment } from "../timeline/environment.ts";
import { holdFrom, holdTo, isLoggedIn, showsLogins } from "../timeline/hold.ts";
import { TAKEOVER_MS } from "../timeline/note-evictions.ts";
import type { PeerTimeline } from "../timeline/peer-timeline.ts";
import type { ObservedCapacity } from "./function-history.ts";

interface ObserveCapacityInput {
  readonly named: Capacity;
  /** Whether the peer is ours. Its number of places is known for certain. */
  readonly ownPeer: boolean;
  readonly environments: readonly ObservedEnvironment[];
  readonly holds: readonly Attempt[];
  readonly peer: PeerTimeline | null;
}

/**
 * A link sees the end of a connection a little later than the server, which may already serve the next one. Connections that overlap for less
 * than this do not show two places.
 */
const RELEASE_MS = 50;

export function observeCapacity(input: ObserveCapacityInput): ObservedCapacity {
  const { named, ownPeer, environments } = input;
  const refuted = !ownPeer && named.places !== null && shownPeak(input) > named.places;
  return {
    places: refuted ? null : named.places,
    named: named.places,
    given: named.given,
    peak: mostServedAtOnce(input),
    refuted,
    perEnvironment: environments.reduce((most, one) => Math.max(most, mostOf(one)), 1),
  };
}

/**
 * Returns the most connections that can have been served at one time. Short overlaps count only up to the number of places, because the server may
 * have freed a place before the link saw the end of its connection.
 */
function mostServedAtOnce(input: ObserveCapacityInput): number | null {
  const most = peakOf(input, 0);
  if (most === null) return null;
  return Math.max(peakOf(input, RELEASE_MS) ?? 0, Math.min(most, input.named.places ?? most));
}

/**
 * Returns the peak that is certain. If it is higher than the number of places, that number is wrong. Overlaps that are at most as long as a takeover
 * are not counted, and neither are connections whose client did not log in. If the peer has one place, its log is not used, because two connections
 * that overlap in it mean that a line is missing.
 */
function shownPeak(input: ObserveCapacityInput): number {
  const { named, peer } = input;
  if (peer?.ofServer === true) return mostServed(peer);
  const logins = showsLogins(input.holds);
  const holds = input.holds.filter((hold) => !logins || isLoggedIn(hold, Infinity));
  return peakOf({ ...input, holds, peer: named.places === 1 ? null : peer }, TAKEOVER_MS) ?? 0;
}

/** Returns the most connections that were open at one time in a real server's log. That log shows the connections of all clients. */
function mostServed({ accepted }: PeerTimeline): number {
  return mostOpen(
    accepted.map((one) => ({ from: one.acceptedAt ?? 0, to: (one.endedAt ?? Infinity) - TAKEOVER_MS })),
  );
}

function peakOf({ holds, peer }: ObserveCapacityInput, overlapMs: number): number | null {
  if (peer !== null && peer.numbered && peer.missingLines === 0)
    return mostOpen(
      peer.accepted.map((one) => ({ from: one.acceptedLine ?? 0, to: one.endedLine ?? Infinity })),
    );
  const linked = holds.filter(({ link }) => link !== null);
  if (linked.length === 0) return null;
  return mostOpen(linked.map((hold) => ({ from: takenFrom(hold), to: heldTo(hold, overlapMs) })));
}

/** Returns the time from which the connection certainly had a place. A client can wait for a long time until the server serves it. */
function takenFrom(hold: Attempt): number {
  return hold.link?.acceptedAt ?? holdFrom(hold);
}

/**
 * Returns the time until which a connection held a place. If the peer ended it for another connection, it holds no place from the moment at which
 * that connection was made.
 */
function heldTo(hold: Attempt, overlapMs: number): number {
  return hold.link?.evictedBy?.connectedAt ?? knownOpenTo(hold) - overlapMs;
}

/** Returns the time until which the connection was certainly open. If no line shows its end, this is the last line of its environment. */
function knownOpenTo(hold: Attempt): number {
  return holdTo(hold) ?? Math.min(hold.link?.silencedAt ?? Infinity, hold.environment.lastLine);
}

/**
 * Returns the most connections that one process of the environment had open at one time. All times of a process are from one clock. If no line
 * shows the end of a connection, it counts as open only for an instant.
 */
function mostOf({ boots }: ObservedEnvironment): number {
  return boots.reduce((most, boot) => {
    const spans = boot.accepted
      .filter((hold) => hold.clock !== "peer")
      .map((hold) => ({ from: hold.time, to: hold.disconnect?.time ?? hold.link?.closedAt ?? hold.time }));
    return Math.max(most, mostOpen(spans));
  }, 0);
}

/** Returns how many spans overlap at most. Spans that only touch do not overlap. */
function mostOpen(spans: readonly { readonly from: number; readonly to: number }[]): number {
  const turns = spans
    .filter(({ from, to }) => to > from)
    .flatMap(({ from, to }) => [
      { at: from, by: 1 },
      { at: to, by: -1 },
    ])
    .sort((a, b) => (a.at === b.at ? a.by - b.by : a.at - b.at));
  let open = 0;
  let most = spans.length === 0 ? 0 : 1;
  for (const { by } of turns) {
    open += by;
    most = Math.max(most, open);
  }
  return most;
}
