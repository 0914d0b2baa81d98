import { expect } from "chai";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { once } from "node:events";
import type { LinkLogRecord } from "../../../src/record/link-log.ts";
import { DEFAULT_LINK as LINK } from "../../../src/engine/link/link-options.ts";
import { refusingPort } from "../../support/refusing-port.ts";
import { changeTimeout, payloadOf, testFleet, type TestFleet } from "../support/test-fleet.ts";

/** A peer that records what happens to its connections, and closes its side when the function's side is closed. */
class NotingPeer {
  readonly server: Server;
  readonly sockets: Socket[] = [];
  readonly notes: string[] = [];
  readonly #waiting = new Set<() => void>();

  constructor() {
    this.server = createServer({ allowHalfOpen: true }, (socket) => {
      this.sockets.push(socket);
      this.#note("open");
      socket.on("data", (chunk) => this.#note(`data ${chunk.toString()}`));
      socket.on("end", () => {
        this.#note("fin");
        socket.end();
      });
      socket.on("error", (error: NodeJS.ErrnoException) => this.#note(`error ${error.code}`));
      socket.on("close", () => this.#note("close"));
    });
  }

  async listen(): Promise<Record<string, string>> {
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return { PEER_HOST: "127.0.0.1", PEER_PORT: String((this.server.address() as AddressInfo).port) };
  }

  async seen(note: string): Promise<void> {
    while (!this.notes.includes(note)) await new Promise<void>((resolve) => this.#waiting.add(resolve));
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, "close");
  }

  #note(text: string): void {
    this.notes.push(text);
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }
}

const CONNECT = `
import net from "node:net";
const open = () => new Promise((resolve, reject) => { const s = net.connect({ host: process.env.PEER_HOST, port: Number(process.env.PEER_PORT), allowHalfOpen: true }, () => resolve(s)); s.once("error", reject); });
`;
const HOLDING = `${CONNECT} const socket = await open(); socket.on("error", () => {}); socket.write("hello");
  export const handler = async (e) => { if (e.end) await new Promise((r) => socket.end("bye", r)); if (e.reset) socket.resetAndDestroy(); if (e.hang) await new Promise((r) => setTimeout(r, 1e6)); return 1; };`;

const essence = (record: LinkLogRecord): string =>
  [record.event, record.by, record.ending, record.answered ? "answered" : null, record.error]
    .filter((part) => part !== null)
    .join(" ");

describe("the link", () => {
  let test: TestFleet;
  let peer: NotingPeer;
  let variables: Record<string, string>;
  beforeEach(async () => {
    peer = new NotingPeer();
    variables = await peer.listen();
    test = await testFleet({ links: [LINK] });
  });
  afterEach(async () => {
    await test.close();
    await peer.close();
  });
  /** Waits until there are `count` records. `closed` is recorded when both sides are closed, a little after the peer sees the close. */
  const recordsOnce = async (count: number): Promise<string[]> => {
    while (records().length < count) await new Promise((resolve) => setImmediate(resolve));
    return records();
  };
  const records = (): string[] => test.fleet.linkRecords(0).records.map(essence);

  it("forwards the function's connection to the peer, and records its environment and its boot", async () => {
    test.add(
      { "index.mjs": `${HOLDING.replace("return 1;", "return process.env.PEER_PORT;")}` },
      { environment: variables },
    );
    expect(payloadOf(await test.invoke())).to.not.equal(variables["PEER_PORT"]);
    await peer.seen("data hello");
    const [opened, connected] = test.fleet.linkRecords(0).records;
    const environment = test.fleet.environments()[0]?.environment;
    expect(test.fleet.environments()[0]?.openConnections).to.equal(1);
    expect([opened, connected].map((record) => ({ ...record, time: "" }))).to.deep.equal([
      {
        time: "",
        event: "opened",
        functionName: "probe",
        environment,
        boot: 1,
        connection: 1,
        upstreamLocal: null,
        by: null,
        ending: null,
        answered: false,
        error: null,
      },
      {
        time: "",
        event: "connected",
        functionName: "probe",
        environment,
        boot: 1,
        connection: 1,
        upstreamLocal: `127.0.0.1:${peer.sockets[0]?.remotePort}`,
        by: null,
        ending: null,
        answered: false,
        error: null,
      },
    ]);
    expect(test.fleet.linkRecords(2)).to.deep.equal({ records: [], next: 2 });
  });

  it("forwards data and FIN of the function in order, and the peer's FIN back", async () => {
    test.add({ "index.mjs": HOLDING }, { environment: variables });
    await test.invoke("probe", { end: true });
    await peer.seen("close");
    expect(peer.notes.join(" ").replace("hello data bye", "hellobye")).to.equal(
      "open data hellobye fin close",
    );
    expect((await recordsOnce(4)).slice(2)).to.deep.equal(["half-closed function", "closed function fin"]);
  });

  it("forwards a reset of the function", async () => {
    test.add({ "index.mjs": HOLDING }, { environment: variables });
    await test.fleet.initialiseAhead("probe");
    await peer.seen("data hello");
    await test.invoke("probe", { reset: true });
    await peer.seen("close");
    expect(peer.notes.slice(2)).to.deep.equal(["error ECONNRESET", "close"]);
    expect((await recordsOnce(3)).slice(2)).to.deep.equal(["closed function rst ECONNRESET"]);
  });

  it("forwards data, FIN and reset of the peer", async () => {
    test.add(
      {
        "index.mjs": `${CONNECT} const notes = []; let closed = 0; const dial = async () => { const s = await open(); s.on("data", (d) => notes.push("data " + d)); s.on("end", () => { notes.push("fin"); s.end(); }); s.on("error", (e) => notes.push(e.code)); s.on("close", () => closed++); };
        await dial(); await dial(); export const handler = async () => { while (closed < 2) await new Promise((r) => setTimeout(r, 5)); return notes.sort(); };`,
      },
      { environment: variables },
    );
    await test.fleet.initialiseAhead("probe");
    await recordsOnce(4);
    peer.sockets[0]?.end("last");
    peer.sockets[1]?.resetAndDestroy();
    expect(payloadOf(await test.invoke())).to.deep.equal(["ECONNRESET", "data last", "fin"]);
    expect((await recordsOnce(8)).slice(4).sort()).to.deep.equal([
      "answered answered",
      "closed peer fin answered",
      "closed peer rst ECONNRESET",
      "half-closed peer answered",
    ]);
  });

  it("resets a connection that it cannot forward, and records what happened at the peer's side", async () => {
    const { port, close } = await refusingPort();
    test.add(
      {
        "index.mjs": `${CONNECT} export const handler = async () => { try { const s = await open(); return await new Promise((r) => s.on("error", (e) => r(e.code))); } catch (error) { return error.code; } };`,
      },
      { environment: { PEER_HOST: "127.0.0.1", PEER_PORT: String(port) } },
    );
    expect(payloadOf(await test.invoke())).to.equal("ECONNRESET");
    await close();
    expect(records()).to.deep.equal(["opened", "connect-failed ECONNREFUSED"]);
  });

  it("forwards a large transfer completely to a slow peer", async () => {
    test.add(
      {
        "index.mjs": `${CONNECT} export const handler = async (e) => { const s = await open(); s.on("error", () => {}); for (let n = 0; n < e.chunks; n++) if (!s.write(Buffer.alloc(65536, 7))) await new Promise((r) => s.once("drain", r)); s.end(); await new Promise((r) => s.once("close", r)); return s.bytesWritten; };`,
      },
      { environment: variables },
    );
    let received = 0;
    peer.server.removeAllListeners("connection");
    peer.server.on("connection", (socket: Socket) => {
      peer.sockets.push(socket);
      socket.on("data", (chunk) => {
        received += chunk.length;
        socket.pause();
        setImmediate(() => socket.resume());
      });
      socket.on("end", () => socket.end());
    });
    expect(payloadOf(await test.invoke("probe", { chunks: 200 }))).to.equal(200 * 65_536);
    expect(received).to.equal(200 * 65_536);
  });

  it("closes the connection with FIN when its environment is retired, even if data is unread", async () => {
    test.add({ "index.mjs": `${HOLDING} socket.pause();` }, { environment: variables });
    await test.fleet.initialiseAhead("probe");
    await peer.seen("data hello");
    peer.sockets[0]?.write("unread by a frozen process");
    await test.fleet.retire("probe", { every: true }, "fin");
    expect(peer.notes[2]).to.equal("fin");
    await peer.seen("close");
    expect(peer.notes.slice(2)).to.deep.equal(["fin", "close"]);
    expect(records().slice(2)).to.deep.equal([
      "answered answered",
      "half-closed environment-end answered",
      "closed environment-end fin answered",
    ]);
  });

  it("resets the connection if the environment is retired with `rst`", async () => {
    test.add({ "index.mjs": HOLDING }, { environment: variables });
    await test.fleet.initialiseAhead("probe");
    await peer.seen("data hello");
    await test.fleet.retire("probe", { every: true }, "rst");
    await peer.seen("close");
    expect(peer.notes.slice(2)).to.deep.equal(["error ECONNRESET", "close"]);
    expect((await recordsOnce(3)).slice(2)).to.deep.equal(["closed environment-end rst"]);
  });

  it("sends nothing to the peer if the environment is retired with `silence`", async () => {
    test.add({ "index.mjs": HOLDING }, { environment: variables });
    const result = test.invoke("probe", { hang: true });
    await peer.seen("data hello");
    await test.fleet.retire("probe", { every: true }, "silence");
    expect((await result).kind).to.equal("broken");
    await new Promise((resolve) => peer.sockets[0]?.write("anyone there?", resolve));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(peer.notes).to.deep.equal(["open", "data hello"]);
    expect(records().slice(2)).to.deep.equal(["silenced"]);
    await test.fleet.close();
    await peer.seen("close");
    expect(records().slice(3)).to.deep.equal(["closed engine-exit fin answered"]);
  });

  it("resets the connection of a silently ended environment after the time `deadLinkResetMs`", async () => {
    await test.close();
    test = await testFleet({ links: [{ ...LINK, deadLinkResetMs: 30 }] });
    test.add({ "index.mjs": HOLDING }, { environment: variables });
    await test.fleet.initialiseAhead("probe");
    await peer.seen("data hello");
    await test.fleet.retire("probe", { every: true }, "silence");
    await peer.seen("error ECONNRESET");
    expect((await recordsOnce(4)).slice(2)).to.deep.equal(["silenced", "closed environment-end rst"]);
  });

  it("ends the connection with FIN after a function time-out, and the next boot has a new connection", async () => {
    const snapshot = test.add({ "index.mjs": HOLDING }, { environment: variables, timeoutMs: 1_000 });
    await test.invoke("probe", { hang: true });
    changeTimeout(snapshot, 20_000);
    await peer.seen("close");
    expect(peer.notes.slice(2)).to.deep.equal(["fin", "close"]);
    await test.invoke();
    await recordsOnce(6);
    expect(
      test.fleet.linkRecords(0).records.map((record) => `${record.boot} ${essence(record)}`),
    ).to.deep.equal([
      "1 opened",
      "1 connected",
      "1 half-closed function",
      "1 closed function fin",
      "2 opened",
      "2 connected",
    ]);
  });

  it("lets a retirement end after `peerCloseTimeoutMs` although the peer keeps its side open", async () => {
    await test.close();
    test = await testFleet({ links: [LINK], peerCloseTimeoutMs: 40 });
    peer.server.removeAllListeners("connection");
    peer.server.on("connection", (socket: Socket) => {
      peer.sockets.push(socket);
      socket.resume();
    });
    test.add({ "index.mjs": HOLDING }, { environment: variables });
    await test.fleet.initialiseAhead("probe");
    expect((await test.fleet.retire("probe", { every: true }, "fin")).length).to.equal(1);
    expect(test.fleet.environments()).to.deep.equal([]);
  });

  for (const [title, environment] of [
    ["lacks the variables", {}],
    ["lacks the port", { PEER_HOST: "127.0.0.1" }],
    ["has a PEER_PORT that is no valid port number", { PEER_HOST: "h", PEER_PORT: "70000" }],
  ] as const) {
    it(`does not exist for a function that ${title}`, async () => {
      test.add(
        {
          "index.mjs":
            "export const handler = async () => [process.env.PEER_HOST ?? null, process.env.PEER_PORT ?? null];",
        },
        { environment },
      );
      expect(payloadOf(await test.invoke())).to.deep.equal([
        (environment as Record<string, string>)["PEER_HOST"] ?? null,
        (environment as Record<string, string>)["PEER_PORT"] ?? null,
      ]);
    });
  }
});
