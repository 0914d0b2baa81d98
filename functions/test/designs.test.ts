import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { once } from "node:events";
import { expect } from "chai";
import type { PeerOptions } from "../../harness/src/peer/peer.ts";
import { startPeerUnderTest, type PeerUnderTest } from "../../harness/test/peer/peer-under-test.ts";
import { makeBundles, type Bundles, type FunctionProcess } from "./function-process.ts";

describe("the function designs", () => {
  let bundles: Bundles;
  let peer: PeerUnderTest;
  before(async () => {
    bundles = await makeBundles();
  });
  after(() => bundles.remove());
  afterEach(async () => {
    await bundles.killAll();
    await peer.peer.close();
  });

  const startPeer = async (options: Partial<PeerOptions> = {}): Promise<void> => {
    peer = await startPeerUnderTest(options);
  };
  const start = (
    design: string,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<FunctionProcess> =>
    bundles.start(design, {
      PEER_PORT: String(peer.peer.port),
      AWS_LAMBDA_LOG_STREAM_NAME: `stream of ${design}`,
      ...variables,
    });
  /** Returns the event and the connection of each record of the peer, without the ready record. */
  const peerStory = (): string[] =>
    peer
      .story()
      .slice(1)
      .map((line) => line.split(" ").slice(0, 2).join(" "));

  describe("init-connect", () => {
    it("connects in the Init phase and keeps the connection between invocations", async () => {
      await startPeer();
      const one = await start("init-connect");
      const first = await one.invoke("r1");
      const second = await one.invoke("r2");
      const [boot] = one.lines();
      expect(boot).to.include({
        event: "boot",
        phase: "init",
        design: "init-connect",
        logStream: "stream of init-connect",
      });
      expect(
        [first.answer, second.answer].map((answer) => ({
          ...answer,
          bootId: boot?.bootId === answer?.bootId,
        })),
      ).to.deep.equal(
        [1, 2].map((invocation) => ({
          ok: true,
          design: "init-connect",
          bootId: true,
          logStream: "stream of init-connect",
          invocation,
          connectionOpenedIn: "init",
          reply: { connection: 1 },
        })),
      );
      await one.wrote("invoke", 2);
      expect(one.story()).to.deep.equal([
        "boot - init -",
        "connect accepted init -",
        "invoke - invoke r1",
        "invoke - invoke r2",
      ]);
      expect(peerStory()).to.deep.equal(["accepted 1", "request 1", "request 1"]);
    });

    it("names itself in its hello", async () => {
      await startPeer();
      const one = await start("init-connect");
      await one.wrote("boot");
      const accepted = peer.records.find(({ event }) => event === "accepted");
      expect(accepted).to.deep.include({
        hello: { bootId: one.lines()[0]?.bootId, logStream: "stream of init-connect", phase: "init" },
      });
    });

    it("tries once in each invocation after a refusal in Init, and keeps the first accepted connection", async () => {
      await startPeer();
      const holder = await start("init-connect");
      const late = await start("init-connect");
      const refused = [await late.invoke("r1"), await late.invoke("r2")];
      holder.child.kill("SIGKILL");
      await peer.logged("closed");
      const served = [await late.invoke("r3"), await late.invoke("r4")];
      expect(refused.map(({ error }) => error?.name)).to.deep.equal(["PeerBusyError", "PeerBusyError"]);
      expect(served.map(({ answer }) => answer?.connectionOpenedIn)).to.deep.equal(["invoke", "invoke"]);
      await late.wrote("invoke", 4);
      expect(late.story()).to.deep.equal([
        "boot - init -",
        "connect refused init -",
        "invoke - invoke r1",
        "connect refused invoke r1",
        "invoke - invoke r2",
        "connect refused invoke r2",
        "invoke - invoke r3",
        "connect accepted invoke r3",
        "invoke - invoke r4",
      ]);
      expect(
        late
          .lines()
          .filter(({ event }) => event === "connect")
          .map(({ connection }) => connection),
      ).to.deep.equal([1, 2, 3, 4]);
    });
  });

  describe("a kept connection", () => {
    const losses: readonly [string, string, (subject: PeerUnderTest) => boolean][] = [
      ["closed", "-", ({ peer: subject }) => subject.expireIdle()],
      ["reset", "reset", ({ peer: subject }) => subject.dropHolder()],
    ];
    for (const design of ["init-connect", "lazy-connect", "graceful-connect"]) {
      for (const [how, outcome, lose] of losses) {
        it(`of ${design}, ${how} during a freeze, is replaced by one new attempt in the next invocation`, async () => {
          await startPeer();
          const one = await start(design);
          await one.invoke("r1");
          one.freeze();
          expect(lose(peer)).to.equal(true);
          one.thaw();
          const result = await one.invoke("r2");
          expect(result.answer?.reply).to.deep.equal({ connection: 2 });
          await one.wrote("connect", 2);
          const lost = one.story().filter((line) => line.startsWith("disconnect"));
          expect(lost.map((line) => line.split(" ").slice(0, 3).join(" "))).to.deep.equal([
            `disconnect ${outcome} invoke`,
          ]);
          expect(one.lines().filter(({ event }) => event === "connect").length).to.equal(2);
        });
      }
    }

    it("is logged as evicted and replaced if another environment evicted it", async () => {
      await startPeer({ admission: "evict" });
      const first = await start("init-connect");
      first.freeze();
      await start("init-connect");
      first.thaw();
      expect((await first.invoke("r1")).answer?.reply).to.deep.equal({ connection: 3 });
      await first.wrote("connect", 2);
      expect(first.lines().find(({ event }) => event === "disconnect")).to.include({
        outcome: "evicted",
        connection: 1,
      });
      expect(peerStory()).to.deep.equal([
        "accepted 1",
        "evicted 1",
        "accepted 2",
        "evicted 2",
        "accepted 3",
        "request 3",
      ]);
    });

    it("that was lost causes one new attempt, which fails if another environment holds the peer", async () => {
      await startPeer();
      const first = await start("init-connect");
      peer.peer.dropHolder();
      await first.wrote("disconnect");
      await start("init-connect");
      expect((await first.invoke("r1")).error).to.include({ name: "PeerBusyError" });
      await first.wrote("connect", 2);
      expect(first.story()).to.deep.equal([
        "boot - init -",
        "connect accepted init -",
        "disconnect reset init -",
        "invoke - invoke r1",
        "connect refused invoke r1",
      ]);
    });

    it("is replaced in the same invocation if it is lost before the reply", async () => {
      await startPeer({ faults: [{ onRequest: 1, fault: "reset" }] });
      const one = await start("init-connect");
      expect((await one.invoke("r1")).answer?.reply).to.deep.equal({ connection: 2 });
      expect(peerStory()).to.deep.equal(["accepted 1", "request 1", "reset 1", "accepted 2", "request 2"]);
    });

    it("is replaced only once: the invocation fails if the new connection is lost before the reply too", async () => {
      await startPeer({
        faults: [
          { onRequest: 1, fault: "close" },
          { onRequest: 2, fault: "close" },
        ],
      });
      const one = await start("init-connect");
      expect((await one.invoke("r1")).error).to.include({ name: "PeerClosedError" });
      expect(peerStory().filter((line) => line.startsWith("accepted"))).to.deep.equal([
        "accepted 1",
        "accepted 2",
      ]);
    });
  });

  it("lazy-connect connects in its first invocation and keeps the connection", async () => {
    await startPeer();
    const one = await start("lazy-connect");
    const answers = [await one.invoke("r1"), await one.invoke("r2")];
    expect(answers.map(({ answer }) => answer?.connectionOpenedIn)).to.deep.equal(["invoke", "invoke"]);
    await one.wrote("invoke", 2);
    expect(one.story()).to.deep.equal([
      "boot - init -",
      "invoke - invoke r1",
      "connect accepted invoke r1",
      "invoke - invoke r2",
    ]);
  });

  describe("handler-connect", () => {
    it("closes its connection before it returns, 100 times of 100", async () => {
      await startPeer();
      const environments = [await start("handler-connect"), await start("handler-connect")];
      for (let turn = 0; turn < 100; turn += 1) {
        const result = await environments[turn % 2]?.invoke(`r${turn}`);
        expect(result?.answer?.connectionOpenedIn, JSON.stringify(result)).to.equal("invoke");
        expect(peerStory().slice(-3)).to.deep.equal([
          `accepted ${turn + 1}`,
          `request ${turn + 1}`,
          `closed ${turn + 1}`,
        ]);
      }
      const [first] = environments;
      await first?.wrote("disconnect", 50);
      expect(first?.story().slice(1, 4)).to.deep.equal([
        "invoke - invoke r0",
        "connect accepted invoke r0",
        "disconnect - invoke r0",
      ]);
    });

    it("closes its connection after a failed exchange, and does not try again", async () => {
      await startPeer({ faults: [{ onRequest: 1, fault: "reset" }] });
      const one = await start("handler-connect");
      expect((await one.invoke("r1")).error).to.include({ name: "PeerResetError" });
      await one.wrote("disconnect");
      expect(one.story().slice(1)).to.deep.equal([
        "invoke - invoke r1",
        "connect accepted invoke r1",
        "disconnect reset invoke r1",
      ]);
      expect(peerStory()).to.deep.equal(["accepted 1", "request 1", "reset 1"]);
    });
  });

  describe("an invocation without a connection", () => {
    it("fails with PeerTimedOutError if the peer leaves the client in its queue", async () => {
      await startPeer({ admission: "backlog" });
      await start("init-connect");
      const one = await start("handler-connect", { PEER_CONNECT_TIMEOUT_MS: "500" });
      expect((await one.invoke("r1")).error).to.include({ name: "PeerTimedOutError" });
      await one.wrote("connect");
      expect(one.story().at(-1)).to.equal("connect timed-out invoke r1");
    });

    it("fails with PeerUnreachableError if nothing listens at the peer's address", async () => {
      await startPeer();
      const { port } = peer.peer;
      await peer.peer.close();
      const one = await start("init-connect", { PEER_PORT: String(port) });
      expect((await one.invoke("r1")).error).to.deep.include({
        name: "PeerUnreachableError",
        message: `no connection to the peer 127.0.0.1:${port}: ECONNREFUSED`,
      });
      await one.wrote("connect", 2);
      expect(one.story()).to.deep.equal([
        "boot - init -",
        "connect failed init -",
        "invoke - invoke r1",
        "connect failed invoke r1",
      ]);
    });
  });

  it("a function with wrong settings fails in Init after its boot line, and the error names all problems", async () => {
    await startPeer();
    const one = await start("handler-connect", { PEER_PORT: "x", PEER_PROTOCOL: "y" });
    expect((await one.exited()).code).to.not.equal(0);
    expect(one.story()).to.deep.equal(["boot - init -"]);
    expect(one.complaint()).to.match(/FunctionEnvironmentError.*PEER_PORT.*PEER_PROTOCOL/);
  });

  describe("graceful-connect", () => {
    let api: Awaited<ReturnType<typeof startExtensionsApi>>;
    beforeEach(async () => {
      api = await startExtensionsApi();
    });
    afterEach(() => api.close());

    it("registers an internal extension without events, and closes its connection on SIGTERM", async () => {
      await startPeer();
      const one = await start("graceful-connect", { AWS_LAMBDA_RUNTIME_API: api.address });
      await api.asked(1);
      expect(api.calls).to.deep.equal([
        'POST /2020-01-01/extension/register name=graceful-connect {"events":[]}',
        "GET /2020-01-01/extension/event/next id=the-identifier",
      ]);
      expect((await one.invoke("r1")).answer?.connectionOpenedIn).to.equal("init");
      one.freeze();
      one.child.kill("SIGTERM");
      one.thaw();
      expect(await one.exited()).to.deep.equal({ code: 0, signal: null });
      expect(one.story().at(-1)).to.equal("disconnect - shutdown -");
      expect(peerStory()).to.deep.equal(["accepted 1", "request 1", "closed 1"]);
    });

    it("requests the next event from the Extensions API after each event", async () => {
      await startPeer();
      await start("graceful-connect", { AWS_LAMBDA_RUNTIME_API: api.address });
      await api.asked(1);
      api.answer();
      await api.asked(2);
      expect(api.calls.length).to.equal(3);
    });

    it("serves invocations even if it cannot register an extension", async () => {
      await startPeer();
      const one = await start("graceful-connect", { AWS_LAMBDA_RUNTIME_API: "127.0.0.1:1" });
      expect((await one.invoke("r1")).answer?.ok).to.equal(true);
    });
  });

  describe("a function with the raw protocol", () => {
    const bytes = (
      server: Server,
      more: Readonly<Record<string, string>> = {},
    ): Readonly<Record<string, string>> => ({
      PEER_PROTOCOL: "raw",
      PEER_PORT: String((server.address() as AddressInfo).port),
      ...more,
    });
    const base64 = (text: string): string => Buffer.from(text).toString("base64");
    const ask = { PEER_REQUEST_BASE64: base64("PING"), PEER_EXPECT_BASE64: base64("PONG") };
    let device: Awaited<ReturnType<typeof startDevice>>;
    beforeEach(() => startPeer());
    afterEach(() => device.close());

    it("keeps its connection, and makes one exchange on it in Init and one in each invocation", async () => {
      device = await startDevice((socket) => socket.on("data", () => socket.write("..PONG..")));
      const one = await start("init-connect", bytes(device.server, ask));
      const results = [await one.invoke("r1"), await one.invoke("r2")];
      expect(results.map(({ answer }) => answer?.connectionOpenedIn)).to.deep.equal(["init", "init"]);
      expect(device.received()).to.deep.equal(["PINGPINGPING"]);
    });

    it("makes only one exchange in an invocation that connects, because connecting includes an exchange", async () => {
      device = await startDevice((socket) => socket.on("data", () => socket.write("PONG")));
      const one = await start("handler-connect", bytes(device.server, ask));
      await one.invoke("r1");
      await one.invoke("r2");
      expect(device.received()).to.deep.equal(["PING", "PING"]);
      await one.wrote("disconnect", 2);
      expect(one.story().slice(1, 4)).to.deep.equal([
        "invoke - invoke r1",
        "connect accepted invoke r1",
        "disconnect - invoke r1",
      ]);
    });

    it("sends nothing if no request is set, and accepts the first byte as the answer", async () => {
      device = await startDevice((socket) => socket.write("\u0000"));
      const one = await start("lazy-connect", bytes(device.server));
      expect([(await one.invoke("r1")).answer?.ok, (await one.invoke("r2")).answer?.ok]).to.deep.equal([
        true,
        true,
      ]);
      expect(device.received()).to.deep.equal([""]);
    });

    // The time-outs that a test waits for are short. The other time-outs are never reached.
    const refusals: readonly [string, string, string, (socket: Socket) => void][] = [
      [
        "is refused by a device that closes the connection without the expected bytes",
        "PeerBusyError",
        "60000",
        (socket) => socket.end("SORRY"),
      ],
      [
        "times out at a device that answers with other bytes",
        "PeerTimedOutError",
        "500",
        (socket) => socket.write("SORRY"),
      ],
    ];
    for (const [title, name, timeoutMs, behave] of refusals) {
      it(title, async () => {
        device = await startDevice(behave);
        const one = await start(
          "handler-connect",
          bytes(device.server, { ...ask, PEER_CONNECT_TIMEOUT_MS: timeoutMs }),
        );
        expect((await one.invoke("r1")).error).to.include({ name });
      });
    }

    it("takes an answer that came in time while it was frozen, although the time is over when it continues", async () => {
      const limitMs = 300;
      let one: FunctionProcess | null = null;
      device = await startDevice((socket) =>
        socket.on("data", () => {
          one?.freeze();
          socket.write("PONG");
          setTimeout(() => one?.thaw(), 2 * limitMs);
        }),
      );
      one = await start(
        "lazy-connect",
        bytes(device.server, { ...ask, PEER_CONNECT_TIMEOUT_MS: String(limitMs) }),
      );
      const results = [await one.invoke("r1"), await one.invoke("r2")];
      expect(results.map(({ answer }) => answer?.ok)).to.deep.equal([true, true]);
      expect(device.received()).to.deep.equal(["PINGPING"]);
    });

    it("gives up a kept connection on which the device no longer answers", async () => {
      let asked = 0;
      device = await startDevice((socket) =>
        socket.on("data", () => (asked += 1) === 1 && socket.write("PONG")),
      );
      const one = await start(
        "lazy-connect",
        bytes(device.server, { ...ask, PEER_CONNECT_TIMEOUT_MS: "1000" }),
      );
      await one.invoke("r1");
      expect((await one.invoke("r2")).error).to.include({ name: "PeerTimedOutError" });
      await one.wrote("disconnect");
      expect(device.received()).to.deep.equal(["PINGPING"]);
    });

    it("destroys and logs a connection that the device does not close", async () => {
      device = await startDevice((socket) => socket.on("data", () => socket.write("PONG")), {
        neverCloses: true,
      });
      const one = await start("handler-connect", bytes(device.server, ask));
      expect((await one.invoke("r1")).answer?.ok).to.equal(true);
      await one.wrote("disconnect");
      expect(one.lines().at(-1)).to.include({
        event: "disconnect",
        outcome: null,
        detail: "the peer did not close within 1000 ms",
      });
    });

    it("works with longrun's peer too, which serves the first client and refuses the second one", async () => {
      device = await startDevice(() => {});
      const variables = { PEER_PROTOCOL: "raw" };
      const holder = await start("init-connect", variables);
      const other = await start("handler-connect", variables);
      expect((await holder.invoke("r1")).answer?.ok).to.equal(true);
      expect((await other.invoke("r1")).error).to.include({ name: "PeerBusyError" });
    });
  });
});

/** Starts a user's device that accepts every client and then does what the test says. */
async function startDevice(behave: (socket: Socket) => void, { neverCloses = false } = {}) {
  const sockets: Socket[] = [];
  const received: string[] = [];
  const server = createServer({ allowHalfOpen: neverCloses }, (socket) => {
    const index = sockets.push(socket) - 1;
    received.push("");
    socket.on("data", (chunk) => (received[index] += chunk.toString()));
    socket.on("error", () => {});
    behave(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    server,
    /** Returns the bytes that each connection sent. */
    received: () => received,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Starts a server with the part of the Extensions API that an internal extension needs. */
async function startExtensionsApi() {
  const calls: string[] = [];
  const pending: ServerResponse[] = [];
  let asked = 0;
  let wake: () => void = () => {};
  const server = createHttpServer((request: IncomingMessage, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { method, url, headers } = request;
      if (url?.endsWith("/register") === true) {
        calls.push(`${method} ${url} name=${String(headers["lambda-extension-name"])} ${body}`);
        response.setHeader("Lambda-Extension-Identifier", "the-identifier").end("{}");
        return;
      }
      calls.push(`${method} ${url} id=${String(headers["lambda-extension-identifier"])}`);
      pending.push(response);
      asked += 1;
      wake();
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    answer: () => void pending.shift()?.end(JSON.stringify({ eventType: "INVOKE" })),
    async asked(times: number) {
      while (asked < times) await new Promise<void>((resolve) => (wake = resolve));
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
