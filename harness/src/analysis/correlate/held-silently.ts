/**
 * Finds connections that held a place of the peer although the peer never sent a byte on them. Only the link saw them. A peer takes
 * connections in the order in which they came. If it kept an earlier connection open and closed a later one at once, without a byte, it had
 * taken the earlier connection and turned the later one away. This counts only if the whole link log agrees with it (docs/checks.md#harm).
 * Pure.
 */
import { REFUSAL_LASTS_MS_MAX } from "../../protocols/protocol.ts";
import { raw } from "../../protocols/raw.ts";
import type { LinkConnection } from "../timeline/environment.ts";

/** A link sees the end of a connection up to this much later or earlier than the peer frees its place. */
const RELEASE_MS = 50;

/**
 * The peer is assumed to have this number of places, and to hang up on every client for which no place is free. Returns none if one of the
 * connections contradicts this.
 */
export function heldSilently(
  links: ReadonlyMap<string, readonly LinkConnection[]> | null,
  { places, whole }: { readonly places: number | null; readonly whole: boolean },
): ReadonlySet<LinkConnection> {
  const all = [...(links?.values() ?? [])]
    .flat()
    .filter(({ connectedAt, failedAt }) => connectedAt !== null && failedAt === null);
  const hungUp = all.filter(isHungUp);
  const kept = all.filter((one) => !isHungUp(one));
  const agrees =
    whole &&
    places !== null &&
    all.some(({ answered }) => answered) &&
    hungUp.every((one) => kept.filter((other) => isHeldBefore(other, one)).length >= places) &&
    kept.every((one) => kept.filter((other) => isOpenAt(other, connectedAt(one))).length <= places);
  if (!agrees) return new Set();
  return new Set(kept.filter((one) => isSilent(one) && hungUp.some((other) => isWitness(one, other, kept))));
}

/** Whether the peer closed the connection soon, without a byte, before the function did. */
function isHungUp(one: LinkConnection): boolean {
  const { answered, by, closedAt, functionEndedAt } = one;
  if (answered || by !== "peer" || closedAt === null) return false;
  return functionEndedAt === null && closedAt - connectedAt(one) <= REFUSAL_LASTS_MS_MAX;
}

/**
 * Whether the peer kept the connection and said nothing on it. False if the protocol is known, because then the server's own message
 * decides.
 */
function isSilent({ answered, by, protocol }: LinkConnection): boolean {
  return !answered && (protocol === null || protocol === raw.name) && by !== "peer";
}

/** Whether this connection was made before the other one came, and was still open then or had been closed only just before. */
function isHeldBefore(one: LinkConnection, other: LinkConnection): boolean {
  return connectedAt(one) <= other.openedAt && (one.closedAt ?? Infinity) + RELEASE_MS > other.openedAt;
}

function isOpenAt(one: LinkConnection, time: number): boolean {
  return connectedAt(one) <= time && (one.closedAt ?? Infinity) - RELEASE_MS > time;
}

/**
 * Whether the peer hung up on the other connection while this one was open, and kept a connection of a later client. If the peer hung up on
 * every later client, it may have failed.
 */
function isWitness(one: LinkConnection, hungUp: LinkConnection, kept: readonly LinkConnection[]): boolean {
  const at = hungUp.closedAt ?? Infinity;
  return (
    connectedAt(one) < hungUp.openedAt &&
    (one.closedAt ?? Infinity) > at &&
    kept.some((later) => connectedAt(later) > at)
  );
}

function connectedAt({ connectedAt: at, openedAt }: LinkConnection): number {
  return at ?? openedAt;
}
