import { expect } from "chai";
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { limitConnections } from "../../../src/engine/aws-api/limit-connections.ts";

describe("limitConnections", () => {
  const REQUEST = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
  let port = 0;
  let waiting: ServerResponse[] = [];
  const server = createServer({ keepAliveTimeout: 0 }, (_request, response) => void waiting.push(response));
  limitConnections(server, 3);

  before(async () => {
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    ({ port } = server.address() as AddressInfo);
  });
  afterEach(() => {
    server.closeAllConnections();
    waiting = [];
  });
  after(() => server.close());

  const opened = async (): Promise<Socket> => {
    const arrived = once(server, "connection");
    const socket = connect(port, "127.0.0.1").on("error", () => undefined);
    await arrived;
    return socket;
  };
  /** Sends a request; resolves when the server has it, and the answer can be given. */
  const asked = async (socket: Socket): Promise<ServerResponse> => {
    const arrived = once(server, "request") as Promise<[unknown, ServerResponse]>;
    socket.write(REQUEST);
    const [, response] = await arrived;
    return response;
  };
  const answered = async (socket: Socket): Promise<void> => {
    const response = await asked(socket);
    const got = once(socket, "data");
    response.end();
    await Promise.all([got, once(response, "close")]);
  };

  it("closes the oldest connection that sent no request, and answers the new one", async () => {
    const silent = [await opened(), await opened(), await opened()];
    const closed = silent.map((socket) => once(socket, "close"));
    await answered(await opened());
    await closed[0];
    expect(silent.map((socket) => socket.closed)).to.deep.equal([true, false, false]);
  });

  it("spares connections that have sent requests, while there are silent ones", async () => {
    const used = await opened();
    await answered(used);
    for (let n = 0; n < 20; n += 1) await opened();
    await answered(used);
  });

  it("closes the connection that has been idle for the longest time, if no other is silent", async () => {
    const [first, second, third] = [await opened(), await opened(), await opened()];
    for (const socket of [second, first, third]) await answered(socket);
    const closed = once(second, "close");
    await answered(await opened());
    await closed;
    expect([first.closed, third.closed]).to.deep.equal([false, false]);
  });

  it("closes the oldest connection whose request has not arrived completely, if no other is silent", async () => {
    const [first, second, third] = [await opened(), await opened(), await opened()];
    const closed = once(second, "close");
    for (const socket of [second, third]) {
      const arrived = once(server, "request");
      socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx");
      await arrived;
    }
    await asked(first);
    const got = opened().then(answered);
    await closed;
    await got;
    expect([first.closed, third.closed]).to.deep.equal([false, false]);
  });

  it("refuses a new connection, if every other has a request in flight", async () => {
    const sockets = [await opened(), await opened(), await opened()];
    for (const socket of sockets) await asked(socket);
    await once(await opened(), "close");
    const answers = sockets.map((socket) => once(socket, "data"));
    for (const response of waiting) response.end();
    await Promise.all(answers);
  });
});
