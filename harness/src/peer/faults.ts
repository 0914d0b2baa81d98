/**
 * Scripted misbehaviour of the peer: what it does when it reads its n-th request, counted over all connections. Pure data; the server
 * carries out faults in one place.
 */
export type PeerFault =
  /** The reply comes late. */
  | { readonly fault: "delay"; readonly delayMs: number }
  /** No reply ever; the connection stays open. */
  | { readonly fault: "stall" }
  /** The connection is reset instead of a reply. */
  | { readonly fault: "reset" }
  /** The peer closes properly instead of a reply. */
  | { readonly fault: "close" };

export type ScriptedFault = PeerFault & {
  /** 1 is the first request since the peer started. */
  readonly onRequest: number;
};

export function faultOn(script: readonly ScriptedFault[], request: number): PeerFault | null {
  return script.find((entry) => entry.onRequest === request) ?? null;
}
