/** Waits until the FIN and RST of ended processes have arrived at the peer, so that each step starts from the same state. */
import type { LinkLogRecord } from "../record/link-log.ts";
import type { PeerLogRecord } from "../record/peer-log.ts";

const LOOK_AGAIN_MS = 1;
/** The longest wait for a peer that does not answer a FIN. */
const AT_MOST_MS = 500;

export async function waitUntilSettled(isSettled: () => boolean): Promise<void> {
  const until = performance.now() + AT_MOST_MS;
  // First lets Node read what has already arrived.
  await new Promise((resolve) => setImmediate(resolve));
  while (!isSettled() && performance.now() < until)
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
}

export interface Sockets {
  /** By the link log: how many of the links' sockets to the peer are open. */
  readonly link: number;
  /** By the peer's log: how many connections the peer has not ended. */
  readonly peer: number;
}

export function openSockets(linkLog: readonly LinkLogRecord[], peerLog: readonly PeerLogRecord[]): Sockets {
  const link = new Set<number>();
  for (const { event, connection } of linkLog) {
    if (event === "connected") link.add(connection);
    else if (event === "closed") link.delete(connection);
  }
  // Each of several peers numbers its own connections.
  const peer = new Set<string>();
  for (const { event, connection, peer: name = "" } of peerLog) {
    if (connection === null) continue;
    const key = `${name} ${connection}`;
    if (event === "accepted" || event === "queued") peer.add(key);
    else if (event !== "request") peer.delete(key);
  }
  return { link: link.size, peer: peer.size };
}
