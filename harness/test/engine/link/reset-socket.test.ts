import { expect } from "chai";
import { once } from "node:events";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { resetSocket } from "../../../src/engine/link/reset-socket.ts";

describe("resetSocket", () => {
  let server: Server;
  const accepted: Socket[] = [];
  const open = async (): Promise<Socket> => {
    const socket = connect({
      host: "127.0.0.1",
      port: (server.address() as AddressInfo).port,
      allowHalfOpen: true,
    });
    await once(socket, "connect");
    return socket;
  };
  before(async () => {
    server = createServer({ allowHalfOpen: true }, (socket) => {
      accepted.push(socket.on("error", () => {}));
      socket.pause();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
  });
  after(() => {
    for (const socket of accepted) socket.destroy();
    server.close();
  });

  const states: readonly (readonly [string, (socket: Socket) => void])[] = [
    ["that is open", () => {}],
    ["with data on its way", (socket) => void socket.write("data")],
    ["with a FIN on its way", (socket) => void socket.end()],
    ["with a FIN behind data that nobody reads", (socket) => void socket.end(Buffer.alloc(20 << 20))],
    ["that is already destroyed", (socket) => void socket.destroy()],
    ["that is being reset", (socket) => resetSocket(socket)],
  ];
  for (const [state, prepare] of states) {
    it(`closes a socket ${state}`, async () => {
      const socket = await open();
      const closed = once(socket, "close");
      prepare(socket);
      resetSocket(socket);
      await closed;
      expect(socket.destroyed).to.equal(true);
    });
  }

  it("closes a socket that is not connected yet", async () => {
    const socket = connect({ host: "127.0.0.1", port: (server.address() as AddressInfo).port });
    const closed = once(socket, "close");
    resetSocket(socket);
    await closed;
  });

  it("sends a reset to the peer", async () => {
    const socket = await open();
    const other = accepted.at(-1);
    if (other === undefined) throw new Error("nothing was accepted");
    other.resume();
    const error = once(other, "error");
    resetSocket(socket);
    expect((await error)[0]).to.have.property("code", "ECONNRESET");
  });
});
