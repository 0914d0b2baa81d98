import { connect } from "node:net";
import { once } from "node:events";
import { expect } from "chai";
import { BACKLOG_LENGTH } from "../../src/peer/admission-rules.ts";
import type { PeerOptions } from "../../src/peer/peer.ts";
import { createVirtualClock } from "../engine/scheduling/plan/virtual-clock.ts";
import { startPeerUnderTest, type PeerUnderTest } from "./peer-under-test.ts";
import { hello, openClient, type TestClient } from "./test-client.ts";

describe("the peer", () => {
  let subject: PeerUnderTest;
  let clients: TestClient[];

  const start = async (options: Partial<PeerOptions> = {}): Promise<void> => {
    subject = await startPeerUnderTest(options);
  };
  const open = async (): Promise<TestClient> => {
    const client = await openClient(subject.peer.port);
    clients.push(client);
    return client;
  };
  /** A client that sent its hello and received the answer. */
  const greet = async (
    bootId: string,
    token: number | null = null,
  ): Promise<{ client: TestClient; answer: unknown }> => {
    const client = await open();
    client.send(hello(bootId, token));
    const answer = await client.next();
    return { client, answer: typeof answer === "string" ? answer : answer["type"] };
  };
  const ask = async (client: TestClient, id: string): Promise<unknown> => {
    client.send({ type: "request", id, time: "t" });
    return client.next();
  };

  beforeEach(() => {
    clients = [];
  });
  afterEach(async () => {
    for (const client of clients) client.socket.destroy();
    await subject.peer.close();
  });

  it("writes the ready record first, with its port", async () => {
    await start();
    const [ready] = subject.records;
    expect({ ...ready, time: "t" }).to.deep.equal({
      event: "ready",
      time: "t",
      host: "127.0.0.1",
      port: subject.peer.port,
    });
  });

  it("welcomes, replies and writes one record per event", async () => {
    await start();
    const { client, answer } = await greet("one");
    const reply = await ask(client, "r1");
    client.send({ type: "bye" });
    client.finish();
    const end = await client.next();
    await subject.logged("closed");
    expect({ answer, reply: { ...(reply as object), time: "t" }, end }).to.deep.equal({
      answer: "welcome",
      reply: { type: "reply", id: "r1", payload: { connection: 1 }, time: "t" },
      end: "end",
    });
    expect(subject.story()).to.deep.equal(["ready", "accepted 1 one", "request 1 one", "closed 1 one"]);
    const { time, ...record } = subject.records[1] as { time: string };
    expect(new Date(time).toISOString()).to.equal(time);
    expect(record).to.deep.equal({
      event: "accepted",
      connection: 1,
      remote: client.local,
      hello: { bootId: "one", logStream: "stream-one", phase: "init" },
    });
  });

  it("reports a port that is in use", async () => {
    await start();
    const error = await startPeerUnderTest({ port: subject.peer.port }).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).to.include({ code: "unavailable" });
    expect(String(error)).to.contain("the port is in use");
  });

  describe("under refuse", () => {
    it("answers a second client with busy, and serves a third one when the place is free", async () => {
      await start();
      const first = await greet("one");
      const second = await greet("two");
      expect(await second.client.next()).to.equal("end");
      first.client.finish();
      expect(await first.client.next()).to.equal("end");
      const third = await greet("three");
      expect([first.answer, second.answer, third.answer]).to.deep.equal(["welcome", "busy", "welcome"]);
      expect(subject.story()).to.deep.equal([
        "ready",
        "accepted 1 one",
        "refused 2 two",
        "closed 1 one",
        "accepted 3 three",
      ]);
    });

    it("frees the place before the client sees the peer's FIN, in each of 100 hand-overs", async () => {
      await start();
      for (let turn = 0; turn < 100; turn += 1) {
        const { client, answer } = await greet(`boot-${turn}`);
        expect(answer).to.equal("welcome");
        client.finish();
        await client.next();
      }
    });

    it("frees the place on FIN and on RST while a reply is pending", async () => {
      await start({ replyLatencyMs: 3_600_000 });
      const fin = await greet("fin");
      fin.client.send({ type: "request", id: "r", time: "t" });
      await subject.logged("request", 1);
      fin.client.finish();
      expect(await fin.client.next()).to.equal("end");
      const rst = await greet("rst");
      rst.client.send({ type: "request", id: "r", time: "t" });
      await subject.logged("request", 2);
      rst.client.reset();
      await subject.logged("reset");
      const next = await greet("next");
      expect([fin.answer, rst.answer, next.answer]).to.deep.equal(["welcome", "welcome", "welcome"]);
    });

    it("lets only a client with a higher token evict the holder", async () => {
      await start();
      const old = await greet("old", 3);
      expect((await greet("none")).answer).to.equal("busy");
      expect((await greet("same", 3)).answer).to.equal("busy");
      expect((await greet("new", 4)).answer).to.equal("welcome");
      expect(await old.client.next()).to.include({ type: "evicted" });
      expect(await old.client.next()).to.equal("end");
      expect(subject.story().slice(-2)).to.deep.equal(["evicted 1 old", "accepted 4 new"]);
    });

    it("serves a client that sends nothing, and closes a second client's connection without sending a byte", async () => {
      await start({ helloWaitMs: 20 });
      const first = await open();
      expect(await first.next()).to.include({ type: "welcome" });
      const second = await open();
      expect(await second.next()).to.equal("end");
      expect(subject.story()).to.deep.equal(["ready", "accepted 1 -", "refused 2 -"]);
    });

    for (const [title, bytes] of [
      ["an unknown protocol", Buffer.from("\u0002PING\u0003")],
      ["Redis", Buffer.from("*1\r\n$4\r\nPING\r\n")],
      ["Modbus", Buffer.from("000100000006010300000001", "hex")],
    ] as const)
      it(`replies to every message of a client that speaks ${title}`, async () => {
        await start();
        const client = await open();
        client.sendBytes(bytes);
        expect(await client.next()).to.include({ type: "reply" });
        client.sendBytes(bytes);
        expect(await client.next()).to.include({ type: "reply" });
        expect(subject.story()).to.deep.equal(["ready", "accepted 1 -", "request 1 -", "request 1 -"]);
      });

    it("records a hello that arrives after the client was accepted", async () => {
      await start({ helloWaitMs: 1 });
      const client = await open();
      await subject.logged("accepted");
      client.send(hello("late"));
      expect(await client.next()).to.include({ type: "welcome" });
      await ask(client, "r");
      expect(subject.story()).to.deep.equal(["ready", "accepted 1 -", "request 1 late"]);
    });
  });

  describe("under backlog", () => {
    it("reads nothing from clients in the queue, and serves them in the order of their arrival", async () => {
      await start({ admission: "backlog" });
      const first = await greet("one");
      const second = await open();
      second.send(hello("two"));
      await subject.logged("queued", 1);
      const third = await open();
      third.send(hello("three"));
      await subject.logged("queued", 2);
      first.client.finish();
      expect(await second.next()).to.include({ type: "welcome" });
      second.finish();
      expect(await third.next()).to.include({ type: "welcome" });
      expect(subject.story()).to.deep.equal([
        "ready",
        "accepted 1 one",
        "queued 2 -",
        "queued 3 -",
        "closed 1 one",
        "accepted 2 two",
        "closed 2 two",
        "accepted 3 three",
      ]);
    });

    for (const leaves of ["finish", "reset"] as const) {
      it(`never accepts a client that left the queue by ${leaves === "finish" ? "FIN" : "RST"}`, async () => {
        await start({ admission: "backlog" });
        const first = await greet("one");
        const second = await open();
        second.send(hello("two"));
        await subject.logged("queued", 1);
        const third = await open();
        third.send(hello("three"));
        await subject.logged("queued", 2);
        second[leaves]();
        first.client.finish();
        expect(await third.next()).to.include({ type: "welcome" });
        expect(subject.story().filter((line) => line.startsWith("accepted"))).to.deep.equal([
          "accepted 1 one",
          "accepted 3 three",
        ]);
        expect(subject.story().some((line) => /^(closed|reset) 2/.test(line))).to.equal(true);
      });
    }

    it("refuses a client if the queue is full", async () => {
      await start({ admission: "backlog" });
      await greet("holder");
      for (let waiting = 1; waiting <= BACKLOG_LENGTH; waiting += 1) {
        await open();
        await subject.logged("queued", waiting);
      }
      expect((await greet("last")).answer).to.equal("busy");
      expect(subject.story().at(-1)).to.equal(`refused ${BACKLOG_LENGTH + 2} last`);
    });
  });

  describe("under evict", () => {
    it("gives the place to the new client and informs the holder", async () => {
      await start({ admission: "evict" });
      const first = await greet("one");
      const second = await greet("two");
      expect(
        [await first.client.next(), await first.client.next()].map((said) =>
          typeof said === "string" ? said : said["type"],
        ),
      ).to.deep.equal(["evicted", "end"]);
      expect(await ask(second.client, "r")).to.include({ type: "reply" });
      expect(subject.story()).to.deep.equal([
        "ready",
        "accepted 1 one",
        "evicted 1 one",
        "accepted 2 two",
        "request 2 two",
      ]);
    });
  });

  describe("settings and commands", () => {
    it("ends the connection of an idle holder, but not of a holder that waits for a reply", async () => {
      const clock = createVirtualClock(Date.now());
      await start({ idleTimeoutMs: 30_000, replyLatencyMs: 100_000, clock });
      const { client } = await greet("one");
      client.send({ type: "request", id: "r", time: "t" });
      await subject.logged("request");
      await clock.pass(100_000);
      expect(await client.next()).to.include({ type: "reply" });
      await clock.pass(29_999);
      expect(subject.story().length).to.equal(3);
      await clock.pass(1);
      expect(await client.next()).to.equal("end");
      expect(subject.story()).to.deep.equal([
        "ready",
        "accepted 1 one",
        "request 1 one",
        "idle-timeout 1 one",
      ]);
      expect((await greet("two")).answer).to.equal("welcome");
    });

    it("ends the connection of an idle holder by command", async () => {
      await start();
      expect(subject.peer.expireIdle()).to.equal(false);
      const { client } = await greet("one");
      expect(subject.peer.expireIdle()).to.equal(true);
      expect(await client.next()).to.equal("end");
      expect(subject.story().at(-1)).to.equal("idle-timeout 1 one");
    });

    it("resets the holder's connection by command, and continues to serve", async () => {
      await start();
      expect(subject.peer.dropHolder()).to.equal(false);
      const { client } = await greet("one");
      expect(subject.peer.dropHolder()).to.equal(true);
      expect(await client.next()).to.equal("reset");
      expect((await greet("two")).answer).to.equal("welcome");
      expect(subject.story()).to.deep.equal(["ready", "accepted 1 one", "reset 1 one", "accepted 2 two"]);
    });

    it("delays the next reply, but no later one", async () => {
      await start();
      subject.peer.delayNextReply(3_600_000);
      const first = await greet("one");
      first.client.send({ type: "request", id: "late", time: "t" });
      await subject.logged("request");
      first.client.finish();
      await first.client.next();
      const second = await greet("two");
      expect(await ask(second.client, "prompt")).to.include({ id: "prompt" });
    });

    it("carries out a script of faults", async () => {
      await start({
        faults: [
          { onRequest: 1, fault: "delay", delayMs: 5 },
          { onRequest: 2, fault: "close" },
          { onRequest: 3, fault: "reset" },
          { onRequest: 4, fault: "stall" },
        ],
      });
      const first = await greet("one");
      expect(await ask(first.client, "r1")).to.include({ id: "r1" });
      expect(await ask(first.client, "r2")).to.equal("end");
      const second = await greet("two");
      expect(await ask(second.client, "r3")).to.equal("reset");
      const third = await greet("three");
      third.client.send({ type: "request", id: "r4", time: "t" });
      await subject.logged("request", 4);
      third.client.finish();
      expect(await third.client.next()).to.equal("end");
      expect(subject.story().filter((line) => /^(closed|reset)/.test(line))).to.deep.equal([
        "closed 1 one",
        "reset 2 two",
        "closed 3 three",
      ]);
    });
  });

  describe("with misbehaving clients", () => {
    it("answers lines that it cannot read, and continues to serve", async () => {
      await start();
      const { client } = await greet("one");
      client.sendBytes('{"type":\nnonsense\n{"type":"hello"}\n');
      client.sendBytes(`${"x".repeat(100_000)}\n`);
      const answers = [await client.next(), await client.next(), await client.next(), await client.next()];
      expect(answers.map((said) => (typeof said === "string" ? said : said["type"]))).to.deep.equal([
        "error",
        "error",
        "error",
        "error",
      ]);
      expect(await ask(client, "r")).to.include({ id: "r" });
    });

    it("stops reading from a client that floods the peer and does not read the answers", async () => {
      await start();
      const socket = connect({ host: "127.0.0.1", port: subject.peer.port });
      await once(socket, "connect");
      socket.pause();
      const flood = `${JSON.stringify(hello("flood"))}\n${`${JSON.stringify({ type: "request", id: "r".repeat(400), time: "t" })}\n`.repeat(2_000)}`;
      // Writes until the kernel buffers on both sides are full: the peer has stopped reading.
      let stalled = false;
      while (!stalled && socket.bytesWritten < 200_000_000) {
        if (!socket.write(flood))
          stalled = await Promise.race([
            once(socket, "drain").then(() => false),
            quietFor(subject).then(() => true),
          ]);
      }
      expect(stalled).to.equal(true);
      expect((await greet("other")).answer).to.equal("busy");
      const closed = once(socket, "close");
      socket.resetAndDestroy();
      await closed;
      // The peer does not read from this client, so the peer learns of the RST only when it writes its next reply.
      await subject.logged("reset");
      expect((await greet("next")).answer).to.equal("welcome");
    });

    it("refuses hundreds of short connections with one record each, and continues to serve the holder", async () => {
      await start({ helloWaitMs: 50 });
      const held = await greet("holder");
      const bursts = Array.from({ length: 300 }, async (_, index) => {
        const client = await open();
        if (index % 3 === 0) client.send(hello(`boot-${index}`));
        else if (index % 3 === 1) client.sendBytes("\u0000garbage");
        await client.next();
        client.socket.destroy();
      });
      await Promise.all(bursts);
      expect(await ask(held.client, "still here")).to.include({ id: "still here" });
      expect(subject.story().filter((line) => line.startsWith("refused")).length).to.equal(300);
    });

    it("ends every connection when it closes", async () => {
      await start({ admission: "backlog" });
      const { client } = await greet("one");
      const waiting = await open();
      await subject.logged("queued");
      await subject.peer.close();
      expect([await client.next(), await waiting.next()]).to.deep.equal(["end", "end"]);
      expect(subject.story().slice(-2)).to.deep.equal(["closed 1 one", "closed 2 -"]);
      subject = await startPeerUnderTest();
    });
  });
});

/** Resolves when the peer's log has not changed for 300 ms, because then the peer has read everything that it can read. */
async function quietFor(subject: PeerUnderTest): Promise<void> {
  for (let seen = -1; seen !== subject.records.length;) {
    seen = subject.records.length;
    await new Promise((resolve) => setTimeout(resolve, 300));
  }
}
