/**
 * Finds connections that held a place of the peer although the peer sent no byte on them, or no byte that shows an outcome
 * (docs/checks.md#harm). A peer takes connections in the order in which they came. If it kept an earlier connection and closed a later one at
 * once, it turned the later one away. So does a server that refuses a later one in the words of its protocol, if it decides before a client
 * has sent a byte. If it answered the later one only when the earlier one had ended, the later one had waited for the place of the earlier
 * one. If nothing listened for the later one until the earlier one ended, the peer does not listen while it serves. The whole link log must
 * agree with this.
 */
import { NEVER } from "../../base/clocks.ts";
import { durationMs, type EpochMs } from "../../base/time.ts";
import { itemsWithin } from "../../base/first-index.ts";
import { decidesAtAccept } from "../../catalogue/protocols/all-protocols.ts";
import { REFUSAL_LASTS_MS_MAX } from "../../catalogue/protocols/protocol.ts";
import { raw } from "../../catalogue/protocols/raw.ts";
import type { LinkConnection } from "../timeline/environment.ts";
import { PLACE_PASSES_MS } from "../timeline/late-answer.ts";
import { heldUnheard } from "./listens-when-free.ts";

/** A link sees the end of a connection up to this much before or after the peer frees its place. */
export const RELEASE_MS = durationMs(50);

/** `places`: the peer's number of places. `whole`: the link log has every connection. */
export function heldSilently(
  links: ReadonlyMap<string, readonly LinkConnection[]> | null,
  { places, whole }: { readonly places: number | null; readonly whole: boolean },
): ReadonlySet<LinkConnection> {
  const tried = [...(links?.values() ?? [])].flat();
  const all = tried.filter(({ connectedAt, failedAt }) => connectedAt !== null && failedAt === null);
  if (!whole) return new Set();
  return new Set([
    ...(places === null ? [] : heldAgainstHungUp(all, places)),
    ...heldAgainstRefused(all),
    ...heldUnheard(tried).filter(isUndecided),
    ...(places === 1 ? heldAgainstQueue(all) : []),
  ]);
}

/**
 * Returns the connections that a server kept although it had refused a later one for a lack of places. The server decides about its clients in
 * the order in which they came, so it had given a place to the earlier one before.
 */
function heldAgainstRefused(all: readonly LinkConnection[]): readonly LinkConnection[] {
  const refused = all.filter(
    ({ protocol, outcome, countsPlaces }) =>
      protocol !== null && decidesAtAccept(protocol) && outcome === "refused" && countsPlaces,
  );
  return all.filter(
    (one) =>
      !one.answered &&
      !isHungUp(one) &&
      refused.some((other) => connectedAt(one) < other.openedAt && endOf(one) > endOf(other)),
  );
}

/**
 * Returns the connections that kept another one waiting until they ended. While they were open, no other connection was served, as far as
 * answers show. If the peer answered one connection late and none had ended just then, the peer is slow by itself, and late answers show no
 * queue.
 */
function heldAgainstQueue(all: readonly LinkConnection[]): readonly LinkConnection[] {
  const ended = all.filter(({ closedAt }) => closedAt !== null).sort((a, b) => endOf(a) - endOf(b));
  const waitedBehind = new Set<LinkConnection>();
  for (const later of all.filter(isAnsweredLate)) {
    const at = later.answeredAt ?? 0;
    const before = itemsWithin(ended, endOf, { from: at - RELEASE_MS, to: at + RELEASE_MS }).filter((one) =>
      waitedFor(one, later),
    );
    if (before.length === 0) return [];
    for (const one of before) waitedBehind.add(one);
  }
  return [...waitedBehind].filter(
    (one) =>
      !one.answered &&
      isUndecided(one) &&
      one.by === "environment-end" &&
      !all.some((other) => wasServedMeanwhile(one, other) || isAhead(other, one)),
  );
}

function endOf({ closedAt }: LinkConnection): EpochMs {
  return closedAt ?? NEVER;
}

function isAnsweredLate(one: LinkConnection): boolean {
  return one.answeredAt !== null && one.answeredAt - connectedAt(one) > PLACE_PASSES_MS;
}

/** Whether the earlier connection, which ended when the peer answered the later one, had kept the later one waiting. */
function waitedFor(one: LinkConnection, later: LinkConnection): boolean {
  return one.openedAt < connectedAt(later) && endOf(one) - connectedAt(later) > PLACE_PASSES_MS;
}

function wasServedMeanwhile(one: LinkConnection, { answeredAt, closedAt }: LinkConnection): boolean {
  const [from, to] = [connectedAt(one) + PLACE_PASSES_MS, (one.closedAt ?? Infinity) - PLACE_PASSES_MS];
  return answeredAt !== null && answeredAt < to && (closedAt ?? Infinity) > from;
}

/**
 * Whether another connection without an answer came earlier and was still open. Then the earlier connection, not `one`, may have had the
 * place.
 */
function isAhead(
  { openedAt, connectedAt: at, answered, closedAt }: LinkConnection,
  one: LinkConnection,
): boolean {
  return !answered && (at ?? openedAt) < connectedAt(one) && (closedAt ?? Infinity) > connectedAt(one);
}

/**
 * The peer is assumed to close at once the connection of every client for which none of its `places` is free. Empty if one connection
 * contradicts this.
 */
function heldAgainstHungUp(all: readonly LinkConnection[], places: number): readonly LinkConnection[] {
  const hungUp = all.filter(isHungUp);
  if (hungUp.length === 0) return [];
  const kept = all.filter((one) => !isHungUp(one));
  const agrees =
    all.some(({ answered }) => answered) &&
    hungUp.every((one) => kept.filter((other) => isHeldBefore(other, one)).length >= places) &&
    kept.every((one) => kept.filter((other) => isOpenAt(other, connectedAt(one))).length <= places);
  if (!agrees) return [];
  return kept.filter((one) => isUndecided(one) && hungUp.some((other) => isWitness(one, other, kept)));
}

/** Whether the peer turned the client away without a byte. */
export function isHungUp(one: LinkConnection): boolean {
  const { answered, by, closedAt, functionEndedAt } = one;
  if (answered || by !== "peer" || closedAt === null) return false;
  return functionEndedAt === null && closedAt - connectedAt(one) <= REFUSAL_LASTS_MS_MAX;
}

/** False if the protocol is known, because then the server's own message decides. */
function isUndecided({ answered, outcome, by, protocol }: LinkConnection): boolean {
  return (!answered || outcome === null) && (protocol === null || protocol === raw.name) && by !== "peer";
}

function isHeldBefore(one: LinkConnection, other: LinkConnection): boolean {
  return connectedAt(one) <= other.openedAt && (one.closedAt ?? Infinity) + RELEASE_MS > other.openedAt;
}

function isOpenAt(one: LinkConnection, time: EpochMs): boolean {
  return connectedAt(one) <= time && (one.closedAt ?? Infinity) - RELEASE_MS > time;
}

/**
 * Whether the connection `hungUp`, which the peer closed, shows that `one` held a place. For this, the peer must also have kept a
 * connection that came after it had closed `hungUp`. If the peer closed every later connection, it may have failed.
 */
function isWitness(one: LinkConnection, hungUp: LinkConnection, kept: readonly LinkConnection[]): boolean {
  const at = hungUp.closedAt ?? Infinity;
  return (
    connectedAt(one) < hungUp.openedAt &&
    (one.closedAt ?? Infinity) > at &&
    kept.some((later) => connectedAt(later) > at)
  );
}

function connectedAt({ connectedAt: at, openedAt }: LinkConnection): EpochMs {
  return at ?? openedAt;
}
