/**
 * Counts how many connections were open at the peer at one time, and decides whether this refutes the number of places that the user gave
 * (docs/checks.md#more-than-one-place). All times must be from one log.
 */
import { durationMs, type DurationMs, type EpochMs } from "../../base/time.ts";
import { NEVER, earlier, earlierBy, onAxis, type Span } from "../../base/clocks.ts";
import type { Capacity } from "../../words/capacity.ts";
import { firstIndex } from "../../base/first-index.ts";
import type { Attempt, LinkConnection, ObservedEnvironment } from "../timeline/environment.ts";
import { holdFrom, holdTo, isLoggedIn, placeFrom, showsLogins } from "../timeline/hold.ts";
import { TAKEOVER_MS } from "../timeline/note-evictions.ts";
import { isLateAnswer } from "../timeline/late-answer.ts";
import type { PeerTimeline } from "../timeline/peer-timeline.ts";
import type { ObservedCapacity } from "./function-history.ts";
import { RELEASE_MS } from "./held-silently.ts";
import { mostOpen } from "./most-open.ts";
import { mostPerEnvironment } from "./most-per-environment.ts";

interface ObserveCapacityInput {
  readonly named: Capacity;
  /** Whether the peer is ours, so that its number of places is certain. */
  readonly ownPeer: boolean;
  readonly environments: readonly ObservedEnvironment[];
  readonly holds: readonly Attempt[];
  readonly peer: PeerTimeline | null;
  readonly links: ReadonlyMap<string, readonly LinkConnection[]> | null;
  /** Whether the link log has every connection. Then a connection without a line about its end was open to the end of the run. */
  readonly linksWhole: boolean;
}

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
 * Uncertain connections count only up to the number of places, unless this number is refuted. An overlap of RELEASE_MS or less does not show
 * two places.
 */
function mostServedAtOnce(input: ObserveCapacityInput, refuted: boolean): number | null {
  if (refuted) return peakOf(input, (hold) => possiblyHeld(hold, RELEASE_MS));
  const most = peakOf(input, (hold) => possiblyHeld(hold, durationMs(0)));
  if (most === null) return null;
  const certain = peakOf(input, (hold) => certainlyHeld(hold, RELEASE_MS)) ?? 0;
  return Math.max(certain, Math.min(most, input.named.places ?? most));
}

/** Counts connections that were certainly open. In the log of a peer with one place, an overlap only means that a line is missing. */
function shownPeak(input: ObserveCapacityInput): number {
  const { named, peer } = input;
  if (peer?.ofServer === true) return peer.endsShown ? mostServed(peer) : 0;
  const holds = showsLogins(input.holds)
    ? input.holds.filter((hold) => isLoggedIn(hold, NEVER))
    : input.holds;
  const shown = { ...input, holds, peer: named.places === 1 ? null : peer };
  const peak = peakOf(shown, (hold) => certainlyHeld(hold, TAKEOVER_MS)) ?? 0;
  return servedAtLateAnswers(input, holds, peak);
}

/**
 * Counts connections at each late answer. A late answer shows that the peer serves this client at this moment, so the peer serves one
 * client more than the connections that are known to be open then. Returns `peak` if no late answer shows more.
 */
function servedAtLateAnswers(
  { links, linksWhole }: ObserveCapacityInput,
  holds: readonly Attempt[],
  peak: number,
): number {
  const late = [...(links?.values() ?? [])]
    .flat()
    .filter((link) => isLateAnswer(link) && link.outcome !== "refused" && link.outcome !== "denied");
  const spans = holds
    .map((hold): Span => {
      const { from, to } = certainlyHeld(hold, TAKEOVER_MS);
      const open = linksWhole && hold.link !== null && hold.link.silencedAt === null && holdTo(hold) === null;
      return { from, to: open && hold.environment.end === null ? NEVER : to };
    })
    .filter(({ from, to }) => from < to);
  const [begins, ends] = [
    Float64Array.from(spans, ({ from }) => from).sort(),
    Float64Array.from(spans, ({ to }) => to).sort(),
  ];
  let most = peak;
  for (const { answeredAt } of late) {
    const at = answeredAt ?? Infinity;
    const begun = firstIndex(begins.length, (index) => (begins[index] ?? Infinity) >= at);
    const open = begun - firstIndex(ends.length, (index) => (ends[index] ?? Infinity) > at);
    most = Math.max(most, open + 1);
  }
  return most;
}

function mostServed({ accepted }: PeerTimeline): number {
  return mostOpen(
    accepted.map((one) => ({
      from: onAxis(one.acceptedAt) ?? 0,
      to: (onAxis(one.endedAt) ?? Infinity) - TAKEOVER_MS,
    })),
  );
}

/**
 * Returns the greatest number of connections at one time. A complete peer log shows all connections. Without such a log, the connections
 * that a link saw are counted, and `held` gives the time in which each of them held a place.
 */
function peakOf({ holds, peer }: ObserveCapacityInput, held: (hold: Attempt) => Span): number | null {
  if (peer !== null && peer.numbered && peer.missingLines === 0 && peer.endsShown)
    return mostOpen(
      peer.accepted.map((one) => ({ from: one.acceptedLine ?? 0, to: one.endedLine ?? Infinity })),
    );
  const linked = holds.filter(({ link }) => link !== null);
  return linked.length === 0 ? null : mostOpen(linked.map(held));
}

/**
 * Returns when the connection certainly held a place. If the link shows when the server accepted or answered the client, the time begins
 * only then, because the server may serve a waiting client late. Leaves out the last `overlapMs` of that time, except after an eviction
 * (`evictedAt`). Without a line about its end, a connection counts as open until the last line of its environment.
 */
function certainlyHeld(hold: Attempt, overlapMs: DurationMs): Span {
  const known = holdTo(hold) ?? earlier(hold.link?.silencedAt ?? NEVER, hold.environment.lastLine);
  return {
    from: hold.link?.acceptedAt ?? hold.link?.answeredAt ?? holdFrom(hold),
    to: evictedAt(hold) ?? earlierBy(known, overlapMs),
  };
}

/**
 * Returns when the connection may have held a place. Leaves out the last `overlapMs` of that time, except after an eviction
 * (`evictedAt`). Without a line about its end, a connection was open as long as its process. If the process ended in silence, the server
 * may keep the connection.
 */
function possiblyHeld(hold: Attempt, overlapMs: DurationMs): Span {
  const { boot, environment, link } = hold;
  const processEnd = link?.silencedAt == null ? (boot.to ?? environment.end) : null;
  return {
    from: (link === null ? null : placeFrom(link)) ?? holdFrom(hold),
    to: evictedAt(hold) ?? earlierBy(holdTo(hold) ?? processEnd ?? NEVER, overlapMs),
  };
}

/**
 * If the peer ended this connection for a newer one, returns when the newer one was made. From then on, this connection held no place, so
 * the two do not overlap.
 */
function evictedAt({ link }: Attempt): EpochMs | null {
  return link?.evictedBy?.connectedAt ?? null;
}
