/** Relays TCP connections to a local port that may change. It can end, reset, delay and refuse them, as a bad network does. */
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { once } from "node:events";
import type { Cut } from "./story.ts";

export class Relay {
  readonly #server: Server;
  readonly #clients = new Set<Socket>();
  readonly #servers = new Set<Socket>();
  /** The local port to which connections are relayed. Null while the program that listens there is down. */
  upstream: number | null = null;
  delayMs = 0;
  #refusing = false;
  /** The number of invocations that passed, if the relay leads to an engine. */
  invocations = 0;

  private constructor() {
    this.#server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => this.#accept(socket));
  }

  static async open(): Promise<Relay> {
    const relay = new Relay();
    relay.#server.listen(0, "127.0.0.1");
    await once(relay.#server, "listening");
    return relay;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  cut(how: Cut): void {
    switch (how) {
      case "fin":
        for (const socket of this.#sockets()) socket.destroy();
        break;
      case "rst":
        for (const socket of this.#sockets()) socket.resetAndDestroy();
        break;
      case "fin to the client only":
        for (const socket of this.#clients) socket.end();
        break;
      case "fin to the server only":
        for (const socket of this.#servers) socket.end();
    }
    this.#refusing = true;
  }

  /** Connections are relayed again, and without a delay. */
  mend(): void {
    this.#refusing = false;
    this.delayMs = 0;
  }

  async close(): Promise<void> {
    this.#server.close();
    for (const socket of this.#sockets()) socket.destroy();
    await once(this.#server, "close");
  }

  #accept(client: Socket): void {
    this.#add(client, this.#clients);
    if (this.#refusing || this.upstream === null) return void client.resetAndDestroy();
    const upstream = connect({ port: this.upstream, host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    this.#add(upstream, this.#servers);
    this.#pass(client, upstream, (data) => this.#count(data));
    this.#pass(upstream, client, () => undefined);
  }

  #sockets(): readonly Socket[] {
    return [...this.#clients, ...this.#servers];
  }

  #add(socket: Socket, to: Set<Socket>): void {
    to.add(socket);
    socket.on("error", () => undefined);
    socket.on("close", () => to.delete(socket));
  }

  /** Passes on data and FIN in their order. Passes on a reset at once. */
  #pass(from: Socket, to: Socket, seen: (data: Buffer) => void): void {
    let before: Promise<void> = Promise.resolve();
    const inOrder = (act: () => void): void => {
      const wait = this.delayMs;
      before = Promise.all([
        before,
        wait === 0 ? null : new Promise((resolve) => setTimeout(resolve, wait)),
      ]).then(act);
    };
    from.on("data", (data) => {
      seen(data);
      // If a cut has ended this half, data that arrive for it later are lost.
      inOrder(() => void (to.writable && to.write(data)));
    });
    from.on("end", () => inOrder(() => void to.end()));
    from.on("close", (broken) => {
      if (broken) to.resetAndDestroy();
      else inOrder(() => void to.destroy());
    });
  }

  #count(data: Buffer): void {
    // A client sends the head of a request in one write, so every request begins at the start of a packet.
    if (/^POST \/2015-03-31\/functions\/[^ ]+\/invocations HTTP/.test(data.toString("latin1", 0, 300)))
      this.invocations += 1;
  }
}
