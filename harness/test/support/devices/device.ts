/** A machine with few places, on loopback. Unless `afterSpeech` is set, it decides before a client has sent a byte. */
import { once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

export interface DeviceManner {
  readonly places?: number;
  /** What each client gets when it has a place. `{n}` becomes the client's number. */
  readonly greeting?: string;
  /** What a client that has a place gets for each request. */
  readonly answer?: string;
  readonly whenFull: "close" | "reset" | "say-busy" | "wait" | "not-listen" | "end-oldest";
  /** How many clients may wait; the next one is closed. */
  readonly queue?: number;
  /** How long the device needs to turn a client away. */
  readonly turnsAwayAfterMs?: number;
  /** The device looks at a client only when the client has sent its first bytes. */
  readonly afterSpeech?: boolean;
  /** How long after a client's end its place is free. */
  readonly freesAfterMs?: number;
  /** The device ends each client that says nothing for so long. */
  readonly idleMs?: number;
}

export interface Device {
  readonly port: number;
  readonly stop: () => Promise<void>;
  /** How many bytes came from clients. */
  readonly received: () => number;
  /** Each client that came when the device was full, and who was served then, by the ports of the clients. */
  readonly oneTooMany: readonly Turned[];
}

interface Turned {
  readonly client: number | undefined;
  readonly served: readonly (number | undefined)[];
}

export async function startDevice(manner: DeviceManner): Promise<Device> {
  const {
    places = 1,
    greeting,
    answer,
    whenFull,
    queue = Infinity,
    turnsAwayAfterMs = 0,
    freesAfterMs = 0,
    afterSpeech = false,
  } = manner;
  const sockets = new Set<Socket>();
  const served: Socket[] = [];
  const waiting: Socket[] = [];
  const oneTooMany: Turned[] = [];
  let [clients, received, taken, stopped] = [0, 0, 0, false];
  let server: Server | null = null;
  let port = 0;

  const listen = async (): Promise<void> => {
    // The socket is half open, so that the device itself decides when it closes.
    const made = createServer({ allowHalfOpen: true }, arrived);
    made.listen(port, "127.0.0.1");
    await once(made, "listening");
    ({ port } = made.address() as AddressInfo);
    server = made;
  };
  const free = (): void => {
    taken -= 1;
    const next = waiting.shift();
    if (next !== undefined) serve(next);
    else if (server === null && !stopped) void listen();
  };
  function serve(socket: Socket): void {
    taken += 1;
    clients += 1;
    served.push(socket);
    if (answer !== undefined) socket.on("data", () => socket.write(answer));
    if (greeting !== undefined) socket.write(greeting.replace("{n}", String(clients)));
    if (manner.idleMs !== undefined) socket.setTimeout(manner.idleMs, () => socket.destroy());
    let ended = false;
    const end = (): void => {
      if (ended) return;
      ended = true;
      served.splice(served.indexOf(socket), 1);
      socket.end();
      if (freesAfterMs === 0) free();
      else setTimeout(free, freesAfterMs).unref();
    };
    socket.once("end", end).once("close", end);
    if (whenFull === "not-listen" && taken >= places) {
      server?.close();
      server = null;
    }
  }
  const turnAway = (socket: Socket): void => {
    if (whenFull === "say-busy") socket.end("BUSY\r\n");
    else if (whenFull === "reset") socket.resetAndDestroy();
    else socket.destroy();
  };
  function arrived(socket: Socket): void {
    sockets.add(socket);
    socket.on("error", () => undefined).once("close", () => sockets.delete(socket));
    socket.on("data", (bytes: Buffer) => (received += bytes.length));
    if (!afterSpeech) return decide(socket);
    socket.once("end", () => socket.end());
    socket.once("data", (bytes) => {
      decide(socket);
      // Whoever has a place also gets an answer to these first bytes.
      socket.emit("data", bytes);
    });
  }
  function decide(socket: Socket): void {
    if (taken < places) return serve(socket);
    oneTooMany.push({ client: socket.remotePort, served: served.map(({ remotePort }) => remotePort) });
    if (whenFull === "wait" && waiting.length < queue) {
      waiting.push(socket);
      socket.once("close", () => {
        if (waiting.includes(socket)) waiting.splice(waiting.indexOf(socket), 1);
      });
    } else if (whenFull === "end-oldest") {
      served[0]?.destroy();
      served[0]?.once("close", () => serve(socket));
    } else if (turnsAwayAfterMs === 0) turnAway(socket);
    else setTimeout(() => turnAway(socket), turnsAwayAfterMs).unref();
  }

  await listen();
  return {
    port,
    oneTooMany,
    received: () => received,
    async stop() {
      stopped = true;
      for (const socket of sockets) socket.destroy();
      if (server === null) return;
      server.close();
      await once(server, "close");
    },
  };
}
