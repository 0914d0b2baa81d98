/** The peer: a TCP server that serves one connection at a time, or a few, like the machines for which longrun is made. */
import { createServer, type Server } from "node:net";
import { notAvailable } from "../base/errors.ts";
import type { PeerLogRecord, PeerReadyRecord } from "../record/peer-log.ts";
import { isoTime } from "../base/time.ts";
import { AdmissionControl, type AdmissionControlOptions } from "./admission-control.ts";

export interface PeerOptions extends Omit<AdmissionControlOptions, "helloWaitMs"> {
  readonly host: string;
  /** 0 picks a free port. */
  readonly port: number;
  /** Called once per record, in order. The ready record is the first one. */
  readonly log: (record: PeerLogRecord | PeerReadyRecord) => void;
  /** How long a client may take to send its hello before it is treated as an unknown client; 500 ms by default. */
  readonly helloWaitMs?: number;
}

export interface Peer {
  readonly host: string;
  readonly port: number;
  /** Resets the connection that has been served longest; false if there is none. */
  dropHolder(): boolean;
  /** Delays only the next reply. */
  delayNextReply(lengthMs: number): void;
  /**
   * Ends one connection, as an idle time-out does: of those that have no pending reply, the one that has been served longest. False if
   * there is none.
   */
  expireIdle(): boolean;
  close(): Promise<void>;
}

/**
 * If this many sockets are open (including those that are closing), a new connection is refused and not read, so that memory stays bounded.
 */
const SOCKETS_MAX = 1_024;
const HELLO_WAIT_MS = 500;
const KEEP_ALIVE_MS = 60_000;

export async function startPeer(options: PeerOptions): Promise<Peer> {
  const server = createServer({
    allowHalfOpen: true,
    pauseOnConnect: true,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  });
  server.maxConnections = SOCKETS_MAX;
  const { host, port } = await listen(server, options);
  options.log({ event: "ready", time: isoTime(options.clock.now()), host, port });
  const control = new AdmissionControl({ ...options, helloWaitMs: options.helloWaitMs ?? HELLO_WAIT_MS });
  server.on("connection", (socket) => control.arrive(socket));
  server.on("drop", (dropped) =>
    control.refuseUnread(`${dropped?.remoteAddress ?? "?"}:${dropped?.remotePort ?? "?"}`),
  );
  return {
    host,
    port,
    dropHolder: () => control.dropHolder(),
    delayNextReply: (lengthMs) => control.delayNextReply(lengthMs),
    expireIdle: () => control.expireIdle(),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      control.close();
      await closed;
    },
  };
}

function listen(server: Server, { host, port }: PeerOptions): Promise<{ host: string; port: number }> {
  return new Promise((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === "EADDRINUSE";
      const why = taken ? "the port is in use" : (cause.code ?? cause.message);
      const hint = taken ? "--port 0 picks a free port." : "Give an address of this machine with --host.";
      reject(
        notAvailable(`The peer cannot listen on ${host}:${port}: ${why}.`, {
          hint,
          cause,
        }),
      );
    });
    server.listen({ host, port }, () => {
      const address = server.address();
      if (address === null || typeof address === "string")
        return reject(new Error("a TCP server has an address"));
      resolve({ host: address.address, port: address.port });
    });
  });
}
