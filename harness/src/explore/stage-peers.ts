/** The peers of one play, one for each name. A step acts on all of them. */
import type { Admission } from "../words/admission.ts";
import type { PeerLogRecord, PeerReadyRecord } from "../record/peer-log.ts";
import type { NetworkAddress } from "../catalogue/connection-strings/connection-string.ts";
import { startPeer, type Peer } from "../peer/peer.ts";
import type { Clock } from "../run/ports/clock.ts";

export interface StagePeersOptions {
  /** `[null]` if there is only one peer. */
  readonly names: readonly (string | null)[];
  readonly admission: Admission;
  readonly capacity: number;
  /** The capacities that differ from `capacity`, by the name of the peer. Present only if there are several peers. */
  readonly capacities?: Readonly<Record<string, number>>;
  readonly clock: Clock;
  readonly log: (record: PeerLogRecord) => void;
}

export interface StagePeers extends Pick<Peer, "dropHolder" | "delayNextReply" | "expireIdle" | "close"> {
  /** In the order of the names. */
  readonly addresses: readonly NetworkAddress[];
  readonly ready: readonly StartedPeer[];
}

interface StartedPeer {
  readonly name: string | null;
  readonly record: PeerReadyRecord;
}

export function capacityOfPeer(
  { capacity, capacities = {} }: Pick<StagePeersOptions, "capacity" | "capacities">,
  name: string | null,
): number {
  return (name === null ? undefined : capacities[name]) ?? capacity;
}

export async function startStagePeers(options: StagePeersOptions): Promise<StagePeers> {
  const peers: Peer[] = [];
  const ready: StartedPeer[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(peers.map((peer) => peer.close()));
  };
  const start = async (name: string | null, index: number): Promise<void> => {
    const peer = await startPeer({
      host: "127.0.0.1",
      port: 0,
      admission: options.admission,
      capacity: capacityOfPeer(options, name),
      idleTimeoutMs: null,
      replyLatencyMs: 0,
      clock: options.clock,
      log: (record) => {
        if ("host" in record) return void ready.push({ name, record });
        // `delayNextReply` sets the delay at every peer, but only one reply is to be delayed: that of the peer that is asked first. So the
        // request that comes first removes the delay of the other peers.
        if (record.event === "request")
          for (const [other, one] of peers.entries()) if (other !== index) one.delayNextReply(0);
        options.log(name === null ? record : { ...record, peer: name });
      },
    });
    peers.push(peer);
  };
  try {
    for (const [index, name] of options.names.entries()) await start(name, index);
  } catch (error) {
    await close();
    throw error;
  }
  return {
    addresses: peers.map(({ host, port }) => ({ host, port })),
    ready,
    dropHolder: () => peers.map((peer) => peer.dropHolder()).some(Boolean),
    expireIdle: () => peers.map((peer) => peer.expireIdle()).some(Boolean),
    delayNextReply: (lengthMs) => {
      for (const peer of peers) peer.delayNextReply(lengthMs);
    },
    close,
  };
}
