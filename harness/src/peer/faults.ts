/** Scripted faults: what the peer does when it reads its n-th request, counted over all connections. */
export type PeerFault =
  | { readonly fault: "delay"; readonly delayMs: number }
  /** No reply comes, and the connection stays open. */
  | { readonly fault: "stall" }
  /** A reset comes instead of the reply. */
  | { readonly fault: "reset" }
  /** A FIN comes instead of the reply. */
  | { readonly fault: "close" };

export type ScriptedFault = PeerFault & {
  /** 1 for the first request since the peer started. */
  readonly onRequest: number;
};

export function faultOn(script: readonly ScriptedFault[], request: number): PeerFault | null {
  return script.find((entry) => entry.onRequest === request) ?? null;
}
