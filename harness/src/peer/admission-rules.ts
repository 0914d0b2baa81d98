/**
 * Decides which connection gets a place of the peer. The server asks when TCP has opened. If no place was free then, it asks again after
 * the client's hello (not under `backlog`, where no holder is evicted).
 */
import type { Admission } from "../words/admission.ts";

/** The number of connections that may wait for a place under `backlog`, as in a device's listen queue. */
export const BACKLOG_LENGTH = 16;

/**
 * A free place is taken immediately, also by a client that never sends anything. Under `backlog`, a waiting client is not read. Otherwise
 * the hello of a client without a place is read, because its token may matter and the log must name the refused client.
 */
export function onArrival(
  admission: Admission,
  peer: { readonly placeTaken: boolean; readonly waiting: number },
): "take-place" | "read-hello" | "wait" | "refuse" {
  if (!peer.placeTaken) return "take-place";
  if (admission !== "backlog") return "read-hello";
  return peer.waiting < BACKLOG_LENGTH ? "wait" : "refuse";
}

/**
 * Called when a client without a place has sent a hello, or has sent none in time. A holder without a token counts as the oldest. `holder`
 * is the connection that would have to leave (firstToLeave).
 */
export function onHello(
  admission: Admission,
  newcomer: { readonly token: number | null },
  holder: { readonly token: number | null },
): "refuse" | "evict-holder" {
  const newer = newcomer.token !== null && (holder.token === null || newcomer.token > holder.token);
  // A client with an older token than the holder's has lost its lease, and may not evict its successor.
  const stale = newcomer.token !== null && holder.token !== null && newcomer.token < holder.token;
  if (admission === "evict") return stale ? "refuse" : "evict-holder";
  return newer && admission === "refuse" ? "evict-holder" : "refuse";
}

/**
 * The connection with the oldest token leaves first. If several have that token, the one that got its place first leaves. `holders` is in
 * the order in which they got their places.
 */
export function firstToLeave<Holder extends { readonly token: number | null }>(
  holders: Iterable<Holder>,
): Holder | null {
  let first: Holder | null = null;
  for (const holder of holders)
    if (first === null || (holder.token ?? -Infinity) < (first.token ?? -Infinity)) first = holder;
  return first;
}
