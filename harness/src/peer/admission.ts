/** Which connection gets the one place. Pure. The server asks twice: when TCP has opened and when the client has said hello. */
import type { Admission } from "../domain/admission.ts";

/** Connections that wait for the place under `backlog`, as in a device's listen queue. */
export const BACKLOG_LENGTH = 16;

/**
 * When TCP has opened. Under `backlog` places are given in order of arrival, and waiting connections are not read. Otherwise the
 * hello is read first: its token may matter, and the log must name the client that was refused.
 */
export function onArrival(
  admission: Admission,
  peer: { readonly placeTaken: boolean; readonly waiting: number },
): "hear" | "take-place" | "wait" | "refuse" {
  if (admission !== "backlog") return "hear";
  if (!peer.placeTaken) return "take-place";
  return peer.waiting < BACKLOG_LENGTH ? "wait" : "refuse";
}

/** When the client has sent a hello, or none in time. A missing token is older than any. */
export function onHello(
  admission: Admission,
  newcomer: { readonly token: number | null },
  holder: { readonly token: number | null } | null,
): "serve" | "refuse" | "evict-holder" {
  if (holder === null) return "serve";
  const newer = newcomer.token !== null && (holder.token === null || newcomer.token > holder.token);
  // A client with a token that is older than the holder's has lost its lease: it may not push out its successor.
  const stale = newcomer.token !== null && holder.token !== null && newcomer.token < holder.token;
  if (admission === "evict") return stale ? "refuse" : "evict-holder";
  return newer && admission === "refuse" ? "evict-holder" : "refuse";
}
