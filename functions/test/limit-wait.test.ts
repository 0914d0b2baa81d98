/**
 * The event loop of this process is blocked until the time is over, as that of a function in a frozen environment. Meanwhile a server in
 * another process does what the function waits for.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { execPath, nextTick } from "node:process";
import { expect } from "chai";
import { limitWait } from "../src/limit-wait.ts";

const LIMIT_MS = 100;

/** Greets each client, and closes the connection when the client sends something. */
const SERVER = `
  const server = require("node:net").createServer((socket) => {
    socket.write("hello");
    socket.on("data", () => socket.end());
  });
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
`;

describe("the limit of a wait", () => {
  let server: ChildProcess;
  let port: number;
  let socket: Socket;
  before(async () => {
    server = spawn(execPath, ["-e", SERVER], { stdio: ["ignore", "pipe", "inherit"] });
    const [text] = (await once(server.stdout!, "data")) as [Buffer];
    port = Number(text.toString());
  });
  after(() => server.kill("SIGKILL"));
  afterEach(() => socket.destroy());

  /** Blocks after what is deferred to the end of this turn, such as the connecting of a socket. */
  const block = (): void =>
    nextTick(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 3 * LIMIT_MS));

  /** Resolves with what comes: the event, or that the limit expires, or both. */
  const whatComes = async (event: "data" | "close"): Promise<string> => {
    const came: string[] = [];
    await new Promise<void>((resolve) => {
      const comes = (name: string): void => {
        came.push(name);
        resolve();
      };
      const cancel = limitWait(LIMIT_MS, () => comes("expired"));
      socket.once(event, () => {
        cancel();
        comes(event);
      });
      block();
    });
    // What is deferred for longer than the limit's two rounds does not come.
    await new Promise<void>((resolve) => limitWait(0, () => limitWait(0, resolve)));
    return came.join();
  };

  it("does not expire before the first bytes of a server that answered in time, even if the socket is not open yet", async () => {
    socket = connect(port, "127.0.0.1");
    expect(await whatComes("data")).to.equal("data");
  });

  it("does not expire before the end of a connection that the server closed in time", async () => {
    socket = connect(port, "127.0.0.1");
    await once(socket, "data");
    socket.resume();
    socket.end("close");
    expect(await whatComes("close")).to.equal("close");
  });

  it("expires if nothing comes, and not if it is cancelled", async () => {
    socket = connect(port, "127.0.0.1");
    await once(socket, "data");
    expect(await whatComes("close")).to.equal("expired");
    const cancel = limitWait(0, () => expect.fail("expired although it was cancelled"));
    cancel();
    await new Promise<void>((resolve) => limitWait(0, resolve));
  });
});
