/**
 * Finds the connections that a server ended because another client connected. Some servers send this reason. An MQTT server ends the older
 * connection if its client name comes again.
 */
import { durationMs, type EpochMs } from "../../base/time.ts";
import { itemsWithin } from "../../base/first-index.ts";
import { servesOnePerName } from "../../catalogue/protocols/all-protocols.ts";
import { endedByFunction } from "./ended-by-function.ts";
import type { LinkConnection } from "./environment.ts";

/** A server that prefers the newest client ends the older connection within this time after it accepted the new one. */
export const TAKEOVER_MS = durationMs(1_000);
/** The longest time from opening a connection to its acceptance. It is long, because the client's process may be frozen in between. */
export const CONNECTING_MS_MAX = 60_000;

/** `all` are the connections of one function to one peer. */
export function noteEvictions(all: readonly LinkConnection[]): void {
  const inOrder = [...all].sort((a, b) => a.openedAt - b.openedAt);
  for (const link of inOrder) {
    if (link.closedAt === null || (!link.evicted && !mayHaveBeenEvicted(link))) continue;
    const evicter = evicterOf(link, inOrder, link.closedAt);
    if (evicter === null) continue;
    link.evicted = true;
    link.evictedBy = evicter;
  }
}

/** If the server gave a reason for the end, such as its own stop, the end was no eviction. */
function mayHaveBeenEvicted(link: LinkConnection): boolean {
  const { by, acceptedAt, code } = link;
  return (
    by === "peer" &&
    isOnlyOneOfItsName(link) &&
    acceptedAt !== null &&
    code === null &&
    !endedByFunction(link)
  );
}

export function isOnlyOneOfItsName({ clientName, protocol }: LinkConnection): boolean {
  return clientName !== null && protocol !== null && servesOnePerName(protocol);
}

/** Of the accepted connections that came in place of `link` (`cameInPlaceOf`), returns the one that was opened last. */
function evicterOf(
  link: LinkConnection,
  inOrder: readonly LinkConnection[],
  endedAt: EpochMs,
): LinkConnection | null {
  const named = link.protocol !== null && servesOnePerName(link.protocol);
  return (
    itemsWithin(inOrder, ({ openedAt }) => openedAt, { from: endedAt - CONNECTING_MS_MAX, to: endedAt })
      .filter((one) => one !== link && one.openedAt >= link.openedAt && one.acceptedAt !== null)
      .filter((one) => !named || one.clientName === link.clientName)
      .filter((one) => cameInPlaceOf(endedAt, one))
      .at(-1) ?? null
  );
}

/** Whether this client connected just before an older connection was ended, and stayed. */
export function cameInPlaceOf(
  endedAt: EpochMs,
  { connectedAt, acceptedAt, closedAt }: LinkConnection,
): boolean {
  return (
    connectedAt !== null &&
    connectedAt <= endedAt &&
    endedAt <= (acceptedAt ?? connectedAt) + TAKEOVER_MS &&
    (closedAt === null || closedAt >= endedAt)
  );
}
