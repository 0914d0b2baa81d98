/** What a client's connection needs from the peer, what it tells it, and what the peer has to decide. */
import type { Clock } from "../ports/clock.ts";
import type { PeerFault } from "./faults.ts";

export interface ConnectionSettings {
  readonly clock: Clock;
  readonly helloWaitMs: number;
  /** Null: a silent holder keeps the place for ever. */
  readonly idleTimeoutMs: number | null;
}

/** What the server wants to know and decides. */
export interface ConnectionEvents<Client> {
  /** The client said hello, said something else, or said nothing in time. */
  heard(connection: Client): void;
  /** A request was read; says when to reply and whether to misbehave. */
  requested(connection: Client): { readonly delayMs: number; readonly fault: PeerFault | null };
  idle(connection: Client): void;
  /** FIN or RST was read. The place is free when this returns, before our own FIN. */
  ended(connection: Client, how: "closed" | "reset"): void;
}
