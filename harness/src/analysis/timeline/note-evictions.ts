/**
 * Finds the connections that a server ended because another client came, and the connection of that client. A server may say it (MQTT 5, our
 * own peer). If it serves each client name once, as MQTT does, and it ended a connection without a word just after the same name had
 * connected again, the order shows it.
 */
import { itemsWithin } from "../../domain/first-index.ts";
import { servesOnePerName } from "../../protocols/all-protocols.ts";
import type { LinkConnection } from "./environment.ts";

/** A server that serves the newest client ends the older connection within this time after it has accepted the new one. */
export const TAKEOVER_MS = 1_000;
/** A new client was accepted at most this long after it had opened its connection. Its process may be frozen in between. */
export const CONNECTING_MS_MAX = 60_000;

/** `all` are the connections of one function to one peer. */
export function noteEvictions(all: readonly LinkConnection[]): void {
  const inOrder = [...all].sort((a, b) => a.openedAt - b.openedAt);
  for (const link of inOrder) {
    if (link.closedAt === null || (!link.evicted && !mayHaveLostItsName(link))) continue;
    const newcomer = newcomerOf(link, inOrder, link.closedAt);
    if (newcomer === null) continue;
    link.evicted = true;
    link.evictedBy = newcomer;
  }
}

/** Whether the server ended an accepted connection without a word. If it gives a reason, such as its own stop, that is the reason. */
function mayHaveLostItsName({ by, clientName, protocol, acceptedAt, code }: LinkConnection): boolean {
  const named = clientName !== null && protocol !== null && servesOnePerName(protocol);
  return by === "peer" && named && acceptedAt !== null && code === null;
}

/** The client that came last before the connection was ended. */
function newcomerOf(
  link: LinkConnection,
  inOrder: readonly LinkConnection[],
  endedAt: number,
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

/** Whether this client came just before an older connection was ended. */
export function cameInPlaceOf(
  endedAt: number,
  { connectedAt, acceptedAt, closedAt }: LinkConnection,
): boolean {
  return (
    connectedAt !== null &&
    connectedAt <= endedAt &&
    endedAt <= (acceptedAt ?? connectedAt) + TAKEOVER_MS &&
    (closedAt === null || closedAt >= endedAt)
  );
}
