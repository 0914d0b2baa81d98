/**
 * The states of one connection, and the moves between them. Any other move throws, because it shows a mistake of the client: the client
 * does not know the state of its only socket.
 */
export type ConnectionEnd = "closed" | "reset" | "evicted";

export type ConnectionState =
  | { readonly state: "opening" }
  | { readonly state: "open" }
  /** We sent `bye` and wait for the peer's FIN. */
  | { readonly state: "closing" }
  /** The attempt was not accepted, so there never was a connection. */
  | { readonly state: "turned-down" }
  | { readonly state: "ended"; readonly how: ConnectionEnd };

export type ConnectionMove =
  | { readonly move: "accept" }
  | { readonly move: "turn-down" }
  | { readonly move: "close" }
  | { readonly move: "end"; readonly how: ConnectionEnd };

export function nextState(state: ConnectionState, move: ConnectionMove): ConnectionState {
  if (state.state === "opening" && move.move === "accept") return { state: "open" };
  if (state.state === "opening" && move.move === "turn-down") return { state: "turned-down" };
  if (state.state === "open" && move.move === "close") return { state: "closing" };
  if (state.state === "open" && move.move === "end") return { state: "ended", how: move.how };
  if (state.state === "closing" && move.move === "end") return { state: "ended", how: move.how };
  throw new Error(`a connection cannot ${move.move} while it is ${state.state}`);
}
