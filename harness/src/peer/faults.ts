/**
 * The faults in a script for the peer: what the peer does when it reads its n-th request, counted over all connections. Pure data; the
 * server carries out faults in one place.
 */
export type PeerFault =
  /** The reply comes late. */
  | { readonly fault: "delay"; readonly delayMs: number }
  /** The peer never replies, and the connection stays open. */
  | { readonly fault: "stall" }
  /** The peer resets the connection instead of replying. */
  | { readonly fault: "reset" }
  /** The peer closes the connection with FIN instead of replying. */
  | { readonly fault: "close" };

export type ScriptedFault = PeerFault & {
  /** The number of the request, which is 1 for the first request since the peer started. */
  readonly onRequest: number;
};

export function faultOn(script: readonly ScriptedFault[], request: number): PeerFault | null {
  return script.find((entry) => entry.onRequest === request) ?? null;
}
