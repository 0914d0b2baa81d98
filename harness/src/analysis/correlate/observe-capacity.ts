/**
 * Counts how many connections were open at the peer at one time, and whether this refutes the number of places that the user named
 * (docs/checks.md#more-than-one-place). Only a whole peer log or a link log can show it, because each of them has one clock.
 */
import type { Capacity } from "../../domain/capacity.ts";
import type { Attempt, ObservedEnvironment } from "../timeline/environment.ts";
import { holdFrom, holdTo } from "../timeline/hold.ts";
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
    peak: peakOf(input, RELEASE_MS),
    refuted,
    perEnvironment: environments.reduce((most, one) => Math.max(most, mostOf(one)), 1),
  };
}

/**
 * The peak that is certain. Only an overlap that is longer than a takeover refutes a number of places. If a peer has one place, two connections that overlap in its log mean that a line is missing.
 */
function shownPeak(input: ObserveCapacityInput): number {
  const { named, peer } = input;
  if (peer?.ofServer === true) return mostServed(peer);
  return peakOf(named.places === 1 ? { ...input, peer: null } : input, TAKEOVER_MS) ?? 0;
}

/** By a real server's log, which shows all its clients. Even if lines are missing, it is not known that the peer has so few places. */
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

/** Since when the connection had a place for certain: a client can wait for a long time until the server serves it. */
function takenFrom(hold: Attempt): number {
  return hold.link?.acceptedAt ?? holdFrom(hold);
}

/** A connection that was ended for another one holds no place of its own from then on. */
function heldTo(hold: Attempt, overlapMs: number): number {
  return hold.link?.evictedBy?.connectedAt ?? knownOpenTo(hold) - overlapMs;
}

/**
 * Until when the connection was open for certain. If no line shows its end, it may have ended at any time after the last line of its
 * environment.
 */
function knownOpenTo(hold: Attempt): number {
  return holdTo(hold) ?? Math.min(hold.link?.silencedAt ?? Infinity, hold.environment.lastLine);
}

/** All times of one process are of one clock. A connection whose end no line shows counts only for an instant. */
function mostOf({ boots }: ObservedEnvironment): number {
  return boots.reduce((most, boot) => {
    const spans = boot.accepted
      .filter((hold) => hold.clock !== "peer")
      .map((hold) => ({ from: hold.time, to: hold.disconnect?.time ?? hold.link?.closedAt ?? hold.time }));
    return Math.max(most, mostOpen(spans));
  }, 0);
}

/** Spans that only touch do not overlap. */
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
