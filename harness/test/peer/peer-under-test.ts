/** Starts a peer on a free port, keeps its log, and lets a test wait for a record. */
import type { PeerLogRecord, PeerReadyRecord } from "../../src/record/peer-log.ts";
import { startPeer, type Peer, type PeerOptions } from "../../src/peer/peer.ts";
import { systemClock } from "../../src/adapters/node/system-clock.ts";

export interface PeerUnderTest {
  readonly peer: Peer;
  readonly records: readonly (PeerLogRecord | PeerReadyRecord)[];
  /** Returns `event connection bootId` of each record, because the other members differ from run to run. */
  story(): readonly string[];
  /** Resolves when the log holds `count` records of this event. */
  logged(event: string, count?: number): Promise<void>;
}

export async function startPeerUnderTest(options: Partial<PeerOptions> = {}): Promise<PeerUnderTest> {
  const records: (PeerLogRecord | PeerReadyRecord)[] = [];
  let wake: () => void = () => {};
  const peer = await startPeer({
    host: "127.0.0.1",
    port: 0,
    admission: "refuse",
    capacity: 1,
    idleTimeoutMs: null,
    replyLatencyMs: 0,
    clock: systemClock,
    log(record) {
      records.push(record);
      wake();
    },
    ...options,
  });
  return {
    peer,
    records,
    story: () =>
      records.map((record) =>
        "connection" in record
          ? `${record.event} ${record.connection} ${record.hello?.bootId ?? "-"}`
          : record.event,
      ),
    async logged(event, count = 1) {
      while (records.filter((record) => record.event === event).length < count) {
        await new Promise<void>((resolve) => (wake = resolve));
      }
    },
  };
}
