/** Starts a peer for a test: a server that serves one connection, or `capacity` connections, at a time, and keeps its log. */
import { ADMISSIONS } from "../words/admission.ts";
import { systemClock } from "../adapters/node/system-clock.ts";
import type { PeerLogRecord, PeerReadyRecord } from "../record/peer-log.ts";
import { startPeer as start } from "../peer/peer.ts";
import { PEER_SETTINGS } from "../settings/peer-settings.ts";
import { withDefaults } from "../settings/setting-table.ts";
import { LOCAL_FACTS } from "../settings/setting.ts";
import type { PeerSettings, PeerUnderTest } from "./peer-face.ts";
import { checkOptions } from "./known-options.ts";
import { checkKnown } from "./known-value.ts";

const DEFAULTS = withDefaults(PEER_SETTINGS, {}, LOCAL_FACTS);

/** Resolves with the peer when it listens. Throws a LongrunError "unavailable" if the port is in use. */
export async function startPeer(settings: PeerSettings = {}): Promise<PeerUnderTest> {
  const {
    admission = DEFAULTS.admission,
    capacity = DEFAULTS.capacity,
    idleTimeoutMs = DEFAULTS.idleTimeoutMs,
    replyLatencyMs = DEFAULTS.replyLatencyMs,
    host = DEFAULTS.host,
    port = 0,
  } = checkOptions("startPeer", settings);
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
