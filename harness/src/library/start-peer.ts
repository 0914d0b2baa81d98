/** Starts a peer for a test: a server that serves one connection, or `capacity` connections, at a time, and keeps its log. */
import { ADMISSIONS, type Admission } from "../domain/admission.ts";
import { systemClock } from "../adapters/node/system-clock.ts";
import type { PeerLogRecord, PeerReadyRecord } from "../domain/peer-log.ts";
import { startPeer as start } from "../peer/peer.ts";
import { PEER_SETTINGS } from "../settings/peer-settings.ts";
import { withDefaults } from "../settings/setting-table.ts";
import { LOCAL_FACTS } from "../settings/setting.ts";
import { checkKnown } from "./known-value.ts";

const DEFAULTS = withDefaults(PEER_SETTINGS, {}, LOCAL_FACTS);

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

/** Resolves with the peer when it listens. Throws a LongrunError "unavailable" if the port is in use. */
export async function startPeer(settings: PeerSettings = {}): Promise<PeerUnderTest> {
  const {
    admission = DEFAULTS.admission,
    capacity = DEFAULTS.capacity,
    idleTimeoutMs = DEFAULTS.idleTimeoutMs,
    replyLatencyMs = DEFAULTS.replyLatencyMs,
    host = DEFAULTS.host,
    port = 0,
  } = settings;
  checkKnown("admission", admission, ADMISSIONS);
  const records: (PeerLogRecord | PeerReadyRecord)[] = [];
  const peer = await start({
    host,
    port,
    admission,
    capacity,
    idleTimeoutMs,
    replyLatencyMs,
    clock: systemClock,
    log: (record) => records.push(record),
  });
  return {
    host: peer.host,
    port: peer.port,
    admission,
    capacity,
    log: () => [...records],
    dropHolder: () => peer.dropHolder(),
    expireIdle: () => peer.expireIdle(),
    delayNextReply: (lengthMs) => peer.delayNextReply(lengthMs),
    close: () => peer.close(),
  };
}
