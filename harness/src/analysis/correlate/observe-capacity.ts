/**
 * Counts how many connections were open at the peer at one time, and decides whether this refutes the number of places that the user gave
 * (docs/checks.md#more-than-one-place). Only a complete peer log or a link log can show this, because all times of such a log are from one clock.
 */
import type { Capacity } from "../../domain/capacity.ts";
import type { Attempt, ObservedEnvironment } from "../timeline/environment.ts";
import { holdFrom, holdTo, isLoggedIn, showsLogins } from "../timeline/hold.ts";
import { TAKEOVER_MS } from "../timeline/note-evictions.ts";
import type { Span } from "../timeline/clock-shifts.ts";
import type { PeerTimeline } from "../timeline/peer-timeline.ts";
import type { ObservedCapacity } from "./function-history.ts";
import { mostOpen } from "./most-open.ts";
import { mostPerEnvironment } from "./most-per-environment.ts";

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
    peak: mostServedAtOnce(input, refuted),
    refuted,
    perEnvironment: mostPerEnvironment(environments, "certainly"),
    perEnvironmentAtMost: mostPerEnvironment(environments, "possibly"),
  };
}

/**
 * Returns the most connections that can have been open at one time. If the number of places is not refuted, three uncertain things count
 * only up to that number: short overlaps, because the server may have freed a place before the link saw the end of its connection;
 * connections that the server may not have served yet; and connections without a line about their end.
 */
function mostServedAtOnce(input: ObserveCapacityInput, refuted: boolean): number | null {
  if (refuted) return peakOf(input, (hold) => possiblyHeld(hold, RELEASE_MS));
  const most = peakOf(input, (hold) => possiblyHeld(hold, 0));
  if (most === null) return null;
  const certain = peakOf(input, (hold) => certainlyHeld(hold, RELEASE_MS)) ?? 0;
  return Math.max(certain, Math.min(most, input.named.places ?? most));
}

/**
 * Returns how many connections were certainly open at one time. If this is more than the number of places, that number is wrong. Overlaps
 * that are no longer than a takeover may take are not counted. Connections whose client did not log in are not counted either. If the peer
 * has one place, its log is not used, because two connections that overlap in it mean that a line is missing.
 */
function shownPeak(input: ObserveCapacityInput): number {
  const { named, peer } = input;
  if (peer?.ofServer === true) return mostServed(peer);
  const logins = showsLogins(input.holds);
  const holds = input.holds.filter((hold) => !logins || isLoggedIn(hold, Infinity));
  const shown = { ...input, holds, peer: named.places === 1 ? null : peer };
  return peakOf(shown, (hold) => certainlyHeld(hold, TAKEOVER_MS)) ?? 0;
}

/** Returns the most connections that were open at one time in a real server's log. That log shows the connections of all clients. */
function mostServed({ accepted }: PeerTimeline): number {
  return mostOpen(
    accepted.map((one) => ({ from: one.acceptedAt ?? 0, to: (one.endedAt ?? Infinity) - TAKEOVER_MS })),
  );
}

/**
 * For a connection that a link saw, `held` gives the time in which the connection held a place. It is not used if a complete peer log shows
 * all connections.
 */
function peakOf({ holds, peer }: ObserveCapacityInput, held: (hold: Attempt) => Span): number | null {
  if (peer !== null && peer.numbered && peer.missingLines === 0)
    return mostOpen(
      peer.accepted.map((one) => ({ from: one.acceptedLine ?? 0, to: one.endedLine ?? Infinity })),
    );
  const linked = holds.filter(({ link }) => link !== null);
  return linked.length === 0 ? null : mostOpen(linked.map(held));
}

/**
 * Returns the time in which the connection certainly had a place, without the last `overlapMs` of it. A client can wait for a long time until the
 * server serves it. If no line shows the end of the connection, it counts as open until the last line of its environment.
 */
function certainlyHeld(hold: Attempt, overlapMs: number): Span {
  const known = holdTo(hold) ?? Math.min(hold.link?.silencedAt ?? Infinity, hold.environment.lastLine);
  return {
    from: hold.link?.acceptedAt ?? holdFrom(hold),
    to: evictedAt(hold) ?? known - overlapMs,
  };
}

/**
 * Returns the time in which the connection can have had a place, without the last `overlapMs` of it. If no line shows its end, it was open as long as
 * its process. If the process ended in silence, the server may keep the connection.
 */
function possiblyHeld(hold: Attempt, overlapMs: number): Span {
  const { boot, environment, link } = hold;
  const processEnd = link?.silencedAt == null ? (boot.to ?? environment.end) : null;
  return {
    from: link?.connectedAt ?? holdFrom(hold),
    to: evictedAt(hold) ?? (holdTo(hold) ?? processEnd ?? Infinity) - overlapMs,
  };
}

/**
 * If the peer ended the connection for a newer one, returns the time at which the newer connection was made. From then on, the older one
 * held no place.
 */
function evictedAt({ link }: Attempt): number | null {
  return link?.evictedBy?.connectedAt ?? null;
}
