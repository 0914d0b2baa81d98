/**
 * Decides which connection gets a place of the peer. Pure. The server asks twice: when TCP has opened, and when the client has sent its
 * hello.
 */
import type { Admission } from "../domain/admission.ts";

/** How many connections may wait for a place under `backlog`, as in a device's listen queue. */
export const BACKLOG_LENGTH = 16;

/**
 * The decision when TCP has opened. Under `backlog` places are given in order of arrival, and waiting connections are not read. Otherwise
 * the hello is read first, because its token may matter and the log must name the refused client.
 */
export function onArrival(
  admission: Admission,
  peer: { readonly placeTaken: boolean; readonly waiting: number },
): "read-hello" | "take-place" | "wait" | "refuse" {
  if (admission !== "backlog") return "read-hello";
  if (!peer.placeTaken) return "take-place";
  return peer.waiting < BACKLOG_LENGTH ? "wait" : "refuse";
}

/**
 * The decision when the client has sent a hello, or none in time. A missing token counts as older than every token. `holder` is the
 * connection that would have to leave (firstToLeave). It is null if a place is free.
 */
export function onHello(
  admission: Admission,
  newcomer: { readonly token: number | null },
  holder: { readonly token: number | null } | null,
): "serve" | "refuse" | "evict-holder" {
  if (holder === null) return "serve";
  const newer = newcomer.token !== null && (holder.token === null || newcomer.token > holder.token);
  // A client with an older token than the holder's has lost its lease, and may not evict its successor.
  const stale = newcomer.token !== null && holder.token !== null && newcomer.token < holder.token;
  if (admission === "evict") return stale ? "refuse" : "evict-holder";
  return newer && admission === "refuse" ? "evict-holder" : "refuse";
}

/**
 * Returns the connection that would have to leave for a newcomer: the one with the oldest token, of several the one that was served first.
 * `holders` is in the order in which they got their places.
 */
export function firstToLeave<Holder extends { readonly token: number | null }>(
  holders: Iterable<Holder>,
): Holder | null {
  let first: Holder | null = null;
  for (const holder of holders)
    if (first === null || (holder.token ?? -Infinity) < (first.token ?? -Infinity)) first = holder;
  return first;
}
