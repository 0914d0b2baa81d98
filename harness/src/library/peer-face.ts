/** A peer as a test sees it: types, without code. */
import type { Admission } from "../words/admission.ts";
import type { PeerLogRecord, PeerReadyRecord } from "../record/peer-log.ts";

export interface PeerSettings {
  /**
   * What happens to a connection for which no place is free. `refuse`, the default: the peer answers that it is busy and closes the
   * connection. `backlog`: the connection waits. `evict`: the peer serves it and ends the connection with the oldest token.
   */
  readonly admission?: Admission;
  /** How many connections the peer serves at one time. Default 1. */
  readonly capacity?: number;
  /** Ends a connection on which nothing was sent for this long. Default: never. */
  readonly idleTimeoutMs?: number;
  /** How long each reply takes. Default 0. */
  readonly replyLatencyMs?: number;
  /** The host on which the peer listens. Default 127.0.0.1. */
  readonly host?: string;
  /** The port. Default 0: any free port. */
  readonly port?: number;
}

export interface PeerUnderTest {
  readonly host: string;
  readonly port: number;
  readonly admission: Admission;
  readonly capacity: number;
  /** All records so far, in order; the first one is `ready`. */
  log(): readonly (PeerLogRecord | PeerReadyRecord)[];
  /** Resets the connection that the peer has served longest. Returns false if it serves none. */
  dropHolder(): boolean;
  /**
   * Ends one connection, as an idle time-out does: of those that have no pending reply, the one that the peer has served longest. Returns
   * false if there is none.
   */
  expireIdle(): boolean;
  /** Delays the peer's next reply by this time. Later replies are not delayed. */
  delayNextReply(lengthMs: number): void;
  close(): Promise<void>;
}
