/**
 * Tests connections after one side has sent its FIN. The functions here keep their side open when the peer sends its FIN, as clients in
 * Go, Python and Java do.
 */
import { expect } from "chai";
import { DEFAULT_LINK as LINK } from "../../../src/engine/link/link-options.ts";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { once } from "node:events";
import { systemClock } from "../../../src/adapters/node/system-clock.ts";
import { parseIsoTime } from "../../../src/base/time.ts";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import { testFleet, type TestFleet } from "../support/test-fleet.ts";

/** This function connects in its Init. Each invocation does what its event says. */
const KEEPS_ITS_HALF = `
import net from "node:net";
import { once } from "node:events";
const socket = net.connect({ host: process.env.PEER_HOST, port: Number(process.env.PEER_PORT), allowHalfOpen: true });
const noted = { end: false, close: false };
socket.on("data", () => {});
socket.on("end", () => { noted.end = true; });
socket.on("error", () => {});
socket.on("close", () => { noted.close = true; });
await once(socket, "connect");
const reached = async (what) => { while (!noted[what]) await new Promise((done) => setImmediate(done)); };
export const handler = async ({ await: what, write, end }) => {
  if (what) await reached(what);
  if (write) await new Promise((done) => socket.write(write, done));
  if (end) {
    socket.end();
    await reached("close");
  }
};`;

const essence = ({ event, by, ending, answered, error }: LinkLogRecord): string =>
  [event, by, ending, answered ? "answered" : null, error].filter((part) => part !== null).join(" ");

describe("the link, when one side ends a connection,", () => {
  let test: TestFleet;
  let server: Server;
  /** The peer's side of the only connection. */
  let accepted: Promise<Socket>;
  let open: Socket[];
  beforeEach(async () => {
    open = [];
    server = createServer({ allowHalfOpen: true }, (socket) => {
      open.push(socket);
      socket.resume();
      socket.on("error", () => {});
    });
    accepted = once(server, "connection").then(([socket]) => socket as Socket);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    test = await testFleet({ links: [LINK] });
    const { port } = server.address() as AddressInfo;
    test.add(
      { "index.mjs": KEEPS_ITS_HALF },
      { environment: { PEER_HOST: "127.0.0.1", PEER_PORT: String(port) } },
    );
    await test.fleet.initialiseAhead("probe");
  });
  afterEach(async () => {
    await test.close();
    for (const socket of open) socket.destroy();
    server.close();
    await once(server, "close");
  });

  const records = (): readonly LinkLogRecord[] => test.fleet.linkRecords(0).records;
  const essences = (): string[] => records().slice(2).map(essence);
  /** Waits for the record of an event. */
  const recorded = async (event: LinkLogRecord["event"]): Promise<LinkLogRecord> => {
    for (;;) {
      const record = records().find((one) => one.event === event);
      if (record !== undefined) return record;
      await new Promise((resolve) => setImmediate(resolve));
    }
  };

  it("records the peer's FIN when it comes, while the environment is frozen", async () => {
    (await accepted).end();
    const { connection, environment } = await recorded("half-closed");
    expect([connection, environment]).to.deep.equal([1, test.fleet.environments()[0]?.environment]);
    expect(essences()).to.deep.equal(["half-closed peer"]);
  });

  it("records when the function's goodbye came, even if the server closes later", async () => {
    const peer = await accepted;
    const said = once(peer, "data");
    const invoked = test.invoke("probe", { write: "*1\r\n$4\r\nQUIT\r\n" });
    await said;
    const received = systemClock.now();
    await invoked;
    while (systemClock.now() === received) await new Promise((resolve) => setImmediate(resolve));
    peer.end("+OK\r\n");
    const { goodbye, goodbyeAt = "", time } = await recorded("half-closed");
    expect(goodbye).to.equal(true);
    expect(parseIsoTime(goodbyeAt)).to.be.at.most(received);
    expect(parseIsoTime(time)).to.be.above(received);
  });

  describe("records that a connection to Postgres", () => {
    const START = "\0\0\0\x11\0\x03\0\0user\0fn\0\0";
    const LOGGED_IN = "R\0\0\0\x08\0\0\0\0Z\0\0\0\x05I";
    const QUERY = "Q\0\0\0\rselect 1\0";
    const ANSWER = "C\0\0\0\rSELECT 1\0Z\0\0\0\x05I";

    const outcomes = (): string[] =>
      records()
        .filter(({ outcome }) => outcome !== undefined)
        .map(({ event, outcome }) => `${event} ${outcome}`);

    async function asks(): Promise<Socket> {
      const peer = await accepted;
      peer.once("data", () => peer.write(LOGGED_IN));
      await test.invoke("probe", { write: START });
      await recorded("recognised");
      const asked = once(peer, "data");
      await test.invoke("probe", { write: QUERY });
      await asked;
      return peer;
    }

    it("was not served if the function ends it before the first query is answered", async () => {
      const peer = await asks();
      const invoked = test.invoke("probe", { end: true });
      await recorded("half-closed");
      expect(outcomes()).to.deep.equal(["recognised accepted", "half-closed timed-out"]);
      peer.end(ANSWER);
      await invoked;
      await recorded("closed");
      expect(outcomes().slice(2)).to.deep.equal(["closed timed-out"]);
    });

    it("was served if the first query is answered before the function ends the connection", async () => {
      const peer = await asks();
      peer.end(ANSWER);
      await recorded("half-closed");
      await test.invoke("probe", { end: true });
      await recorded("closed");
      expect(outcomes().filter((one) => !one.endsWith(" accepted"))).to.deep.equal([]);
    });

    it("has no outcome if the environment ends during the login", async () => {
      const peer = await accepted;
      peer.once("data", () => peer.write(LOGGED_IN.slice(0, 9)));
      await test.invoke("probe", { write: START });
      await recorded("answered");
      await test.fleet.retire("probe", { every: true }, "fin");
      const { by, protocol, outcome } = await recorded("half-closed");
      expect([by, protocol, outcome]).to.deep.equal(["environment-end", "postgres", null]);
    });

    it("has no outcome if the environment ends before the first query is answered", async () => {
      await asks();
      await test.fleet.retire("probe", { every: true }, "rst");
      await recorded("closed");
      expect(outcomes()).to.deep.equal(["recognised accepted", "closed null"]);
    });

    it("has no outcome from its first query on until the server answers", async () => {
      const peer = await asks();
      const count = async (all: number): Promise<void> => {
        while (outcomes().length < all) await new Promise((resolve) => setImmediate(resolve));
      };
      await count(2);
      peer.write(ANSWER);
      await count(3);
      expect(outcomes()).to.deep.equal(["recognised accepted", "recognised null", "recognised accepted"]);
    });
  });

  it("keeps the connection open after the peer's FIN until the function closes its side", async () => {
    const peer = await accepted;
    peer.end("goodbye");
    await recorded("half-closed");
    await test.invoke("probe", { await: "end" });
    expect(essences()).to.deep.equal(["answered answered", "half-closed peer answered"]);
    const ended = once(peer, "end");
    await test.invoke("probe", { end: true });
    await ended;
    await recorded("closed");
    expect(essences().slice(2)).to.deep.equal(["closed peer fin answered"]);
  });

  it("records that the peer ended the connection if the function never closed its side", async () => {
    (await accepted).end();
    await recorded("half-closed");
    await test.invoke("probe", { await: "end" });
    await test.fleet.retire("probe", { every: true }, "fin");
    expect(essences()).to.deep.equal(["half-closed peer", "closed peer fin"]);
  });

  it("records the function's FIN when it comes, and the end when the peer's FIN comes", async () => {
    const peer = await accepted;
    const ended = once(peer, "end");
    const invoked = test.invoke("probe", { end: true });
    await ended;
    await recorded("half-closed");
    expect(essences()).to.deep.equal(["half-closed function"]);
    peer.end();
    await invoked;
    await recorded("closed");
    expect(essences()).to.deep.equal(["half-closed function", "closed function fin"]);
  });

  /** The function begins TLS, the server answers, and no more follows. */
  const beginTls = async (): Promise<Socket> => {
    const peer = await accepted;
    const said = once(peer, "data");
    await test.invoke("probe", { write: String.fromCharCode(22, 3, 1, 0, 1, 1) });
    await said;
    peer.write(Uint8Array.of(22, 3, 3, 0, 1, 2));
    await recorded("answered");
    return peer;
  };

  it("records at the function's FIN that TLS hid the answer", async () => {
    const peer = await beginTls();
    const invoked = test.invoke("probe", { end: true });
    const { by, outcome } = await recorded("half-closed");
    expect([by, outcome]).to.deep.equal(["function", "unreadable"]);
    peer.end();
    await invoked;
  });

  it("names one of the two sides as the first if both send their FIN at the same time", async () => {
    const peer = await accepted;
    const invoked = test.invoke("probe", { end: true });
    peer.end();
    await invoked;
    const { by } = await recorded("closed");
    expect(essences()).to.deep.equal([`half-closed ${by}`, `closed ${by} fin`]);
  });

  it("records a reset by the peer after its FIN, at the latest when the function writes", async () => {
    const peer = await accepted;
    peer.end();
    await recorded("half-closed");
    peer.resetAndDestroy();
    await once(peer, "close");
    await test.invoke("probe", { await: "end", write: "anyone there?" });
    const { by, ending } = await recorded("closed");
    expect({ by, ending, before: essences().slice(0, 1) }).to.deep.equal({
      by: "peer",
      ending: "rst",
      before: ["half-closed peer"],
    });
  });

  it("records that the environment ended the connection, even if the peer answers the environment's FIN with a reset", async () => {
    const peer = await accepted;
    peer.once("end", () => peer.resetAndDestroy());
    await test.fleet.retire("probe", { every: true }, "fin");
    const { by, ending, error } = await recorded("closed");
    expect({ by, ending, error }).to.deep.equal({
      by: "environment-end",
      ending: "fin",
      error: "ECONNRESET",
    });
  });

  it("records that the peer ended the connection if the peer resets it after the function's FIN", async () => {
    const peer = await accepted;
    peer.once("end", () => peer.resetAndDestroy());
    await test.invoke("probe", { end: true });
    await recorded("closed");
    expect(essences()).to.deep.equal(["half-closed function", "closed peer rst ECONNRESET"]);
  });

  it("closes the connection completely if the environment ends silently after the peer's FIN", async () => {
    (await accepted).end();
    await recorded("half-closed");
    await test.fleet.retire("probe", { every: true }, "silence");
    expect(essences()).to.deep.equal(["half-closed peer", "closed peer fin"]);
  });
});
