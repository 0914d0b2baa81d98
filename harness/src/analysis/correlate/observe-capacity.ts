/**
 * Counts how many connections were open at the peer at one time, and decides whether this refutes the number of places that the user gave
 * (docs/checks.md#more-than-one-place). All times must be from one log.
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
  /** Whether the peer is ours, so that its number of places is certain. */
  readonly ownPeer: boolean;
  readonly environments: readonly ObservedEnvironment[];
  readonly holds: readonly Attempt[];
  readonly peer: PeerTimeline | null;
}

/** Shorter overlaps do not show two places, because a link sees the end of a connection a little later than the server. */
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

/** Uncertain connections count only up to the number of places, unless this number is refuted. */
function mostServedAtOnce(input: ObserveCapacityInput, refuted: boolean): number | null {
  if (refuted) return peakOf(input, (hold) => possiblyHeld(hold, RELEASE_MS));
  const most = peakOf(input, (hold) => possiblyHeld(hold, 0));
  if (most === null) return null;
  const certain = peakOf(input, (hold) => certainlyHeld(hold, RELEASE_MS)) ?? 0;
  return Math.max(certain, Math.min(most, input.named.places ?? most));
}

/** Counts connections that were certainly open. In the log of a peer with one place, an overlap only means that a line is missing. */
function shownPeak(input: ObserveCapacityInput): number {
  const { named, peer } = input;
  if (peer?.ofServer === true) return mostServed(peer);
  const logins = showsLogins(input.holds);
  const holds = input.holds.filter((hold) => !logins || isLoggedIn(hold, Infinity));
  const shown = { ...input, holds, peer: named.places === 1 ? null : peer };
  return peakOf(shown, (hold) => certainlyHeld(hold, TAKEOVER_MS)) ?? 0;
}

function mostServed({ accepted }: PeerTimeline): number {
  return mostOpen(
    accepted.map((one) => ({ from: one.acceptedAt ?? 0, to: (one.endedAt ?? Infinity) - TAKEOVER_MS })),
  );
}

/** `held` gives the time in which a connection that a link saw held a place. A complete peer log shows all connections without it. */
function peakOf({ holds, peer }: ObserveCapacityInput, held: (hold: Attempt) => Span): number | null {
  if (peer !== null && peer.numbered && peer.missingLines === 0)
    return mostOpen(
      peer.accepted.map((one) => ({ from: one.acceptedLine ?? 0, to: one.endedLine ?? Infinity })),
    );
  const linked = holds.filter(({ link }) => link !== null);
  return linked.length === 0 ? null : mostOpen(linked.map(held));
}

/**
 * Leaves out the last `overlapMs`. The server may serve a waiting client late. Without a line about its end, a connection counts as open
 * until the last line of its environment.
 */
function certainlyHeld(hold: Attempt, overlapMs: number): Span {
  const known = holdTo(hold) ?? Math.min(hold.link?.silencedAt ?? Infinity, hold.environment.lastLine);
  return {
    from: hold.link?.acceptedAt ?? holdFrom(hold),
    to: evictedAt(hold) ?? known - overlapMs,
  };
}

/**
 * Leaves out the last `overlapMs`. Without a line about its end, a connection was open as long as its process. If the process ended in
 * silence, the server may keep the connection.
 */
function possiblyHeld(hold: Attempt, overlapMs: number): Span {
  const { boot, environment, link } = hold;
  const processEnd = link?.silencedAt == null ? (boot.to ?? environment.end) : null;
  return {
    from: link?.connectedAt ?? holdFrom(hold),
    to: evictedAt(hold) ?? (holdTo(hold) ?? processEnd ?? Infinity) - overlapMs,
  };
}

/** Returns when the newer connection was made for which the peer ended this one. From then on, this one held no place. */
function evictedAt({ link }: Attempt): number | null {
  return link?.evictedBy?.connectedAt ?? null;
}
