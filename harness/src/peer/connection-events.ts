import type { Clock } from "../run/ports/clock.ts";
import type { ClientEnding } from "../record/peer-log.ts";
import type { PeerFault } from "./faults.ts";

export interface ConnectionSettings {
  readonly clock: Clock;
  readonly helloWaitMs: number;
  /** Null if a silent client keeps its place for ever. */
  readonly idleTimeoutMs: number | null;
}

/** What a connection reports to the peer. What the peer returns, or calls on the connection, decides what happens next. */
export interface ConnectionEvents<Client> {
  /** The client has sent its hello or another first message, or nothing in time. */
  identified(connection: Client): void;
  /** A request was read. Returns when to reply, and which scripted fault applies. */
  requested(connection: Client): { readonly delayMs: number; readonly fault: PeerFault | null };
  idle(connection: Client): void;
  /** A FIN or RST was read. When this returns, the place is free; only then do we send our own FIN. */
  ended(connection: Client, how: ClientEnding): void;
}
