/** The peer for a test: a machine that serves one connection at a time, with its log kept. */
import type { Admission } from "../domain/admission.ts";
import { systemClock } from "../adapters/node/system-clock.ts";
import type { PeerLogRecord, PeerReadyRecord } from "../domain/peer-log.ts";
import { startPeer as start } from "../peer/peer.ts";
import { PEER_SETTINGS } from "../settings/peer-settings.ts";
import { withDefaults } from "../settings/setting-table.ts";
import { LOCAL_FACTS } from "../settings/setting.ts";

/** As `longrun peer` has them, but for the port, of which a test takes any. */
const DEFAULTS = withDefaults(PEER_SETTINGS, {}, LOCAL_FACTS);

export interface PeerSettings {
  /** What becomes of a second connection: told that the peer is busy and closed (`refuse`, the default), kept waiting, or served in place of the first. */
  readonly admission?: Admission;
  /** Ends a connection on which nothing was said for so long. Default: never. */
  readonly idleTimeoutMs?: number;
  /** How long each reply takes. Default 0. */
  readonly replyLatencyMs?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default 0: any free one. */
  readonly port?: number;
}

export interface PeerUnderTest {
  readonly host: string;
  readonly port: number;
  readonly admission: Admission;
  /** Everything so far, in order; the first one is its `ready`. */
  log(): readonly (PeerLogRecord | PeerReadyRecord)[];
  /** Resets the connection that it serves; false: it serves none. */
  dropHolder(): boolean;
  /** Ends the connection that it serves as an idle time-out would; false: it serves none, or owes it a reply. */
  expireIdle(): boolean;
  /** Its next reply comes so much later, once. */
  delayNextReply(lengthMs: number): void;
  close(): Promise<void>;
}

/** Throws a LongrunError "unavailable" where the port is taken. */
export async function startPeer(settings: PeerSettings = {}): Promise<PeerUnderTest> {
  const {
    admission = DEFAULTS.admission,
    idleTimeoutMs = DEFAULTS.idleTimeoutMs,
    replyLatencyMs = DEFAULTS.replyLatencyMs,
    host = DEFAULTS.host,
    port = 0,
  } = settings;
  const records: (PeerLogRecord | PeerReadyRecord)[] = [];
  const peer = await start({
    host,
    port,
    admission,
    idleTimeoutMs,
    replyLatencyMs,
    clock: systemClock,
    log: (record) => records.push(record),
  });
  return {
    host: peer.host,
    port: peer.port,
    admission,
    log: () => [...records],
    dropHolder: () => peer.dropHolder(),
    expireIdle: () => peer.expireIdle(),
    delayNextReply: (lengthMs) => peer.delayNextReply(lengthMs),
    close: () => peer.close(),
  };
}
