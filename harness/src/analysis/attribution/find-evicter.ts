/**
 * Finds the evicter: the client whose arrival made the peer end the connection of another client. In the peer's log, the evicter is the
 * client that was accepted next.
 */

import type { Attempt, ObservedPeerConnection } from "../timeline/environment.ts";
import { identifyClient } from "./identify-client.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export type Evicter =
  | { readonly by: "function"; readonly hold: Attempt }
  | { readonly by: "stranger" }
  /** The log has the client's connection, but does not name the client. */
  | { readonly by: "unnamed" }
  /** The log does not show which client came next. */
  | { readonly by: "not-shown" }
  /** No peer log has a line about the end of the connection, and the link log does not show the evicter. */
  | { readonly by: "not-logged" };

/** In the peer's log, the evicter is accepted at most this many lines after the end of the evicted connection. */
const LINES_MAX = 8;

export function findEvicter(history: FunctionHistory, evicted: Attempt): Evicter {
  const next = nextServed(history, evicted);
  if (next !== null && next !== "not-logged") return evicterIs(history, next);
  const linked = evicted.link?.evictedBy?.attempt ?? null;
  if (linked !== null) return { by: "function", hold: linked };
  return next === null ? { by: "not-shown" } : { by: "not-logged" };
}

/** Null if the peer's log does not show which connection was accepted next. */
function nextServed(
  { peer }: FunctionHistory,
  { peer: evicted }: Attempt,
): ObservedPeerConnection | null | "not-logged" {
  const line = evicted?.endedLine ?? null;
  if (peer === null || evicted === null || line === null) return "not-logged";
  for (let index = line; index < peer.servedAfter.length && index <= line + LINES_MAX; index += 1) {
    const served = peer.servedAfter[index] ?? null;
    // With several places, the newest connection that is still open may be one that was accepted before the evicted connection ended.
    if (served === null || served === evicted || (served.acceptedLine ?? -1) < line) continue;
    return served.life === evicted.life ? served : null;
  }
  return null;
}

function evicterIs(history: FunctionHistory, served: ObservedPeerConnection): Evicter {
  if (served.attempt !== null) return { by: "function", hold: served.attempt };
  return { by: identifyClient(history, served).who === "stranger" ? "stranger" : "unnamed" };
}
