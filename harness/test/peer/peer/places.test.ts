/** Tests that a place belongs to the connection that TCP opened first, whatever its client sends and whenever it sends it. */
import { expect } from "chai";
import type { PeerOptions } from "../../../src/peer/peer.ts";
import type { Clock } from "../../../src/run/ports/clock.ts";
import { createVirtualClock, type VirtualClock } from "../../engine/scheduling/plan/virtual-clock.ts";
import { startPeerUnderTest, type PeerUnderTest } from "../peer-under-test.ts";
import { hello, openClient, type TestClient } from "../test-client.ts";

const HOUR_MS = 3_600_000;

describe("a place of the peer", () => {
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
  const said = async (client: TestClient): Promise<unknown> => {
    const answer = await client.next();
    return typeof answer === "string" ? answer : answer["type"];
  };

  beforeEach(() => {
    clients = [];
  });
  afterEach(async () => {
    for (const client of clients) client.socket.destroy();
    await subject.peer.close();
  });

  it("is kept by a silent client, while other clients are turned away", async () => {
    const { clock, pass, arrival } = arrivalClock();
    await start({ helloWaitMs: 50, clock });
    const silent = await open();
    await arrival;
    await pass(10);
    const named = await open();
    named.send(hello("two"));
    const raw = await open();
    raw.sendBytes("\u0002PING\u0003");
    await pass(40);
    expect([await said(named), await said(named)]).to.deep.equal(["busy", "end"]);
    expect(await said(raw)).to.equal("end");
    silent.sendBytes("\u0002PING\u0003");
    expect([await said(silent), await said(silent)]).to.deep.equal(["welcome", "reply"]);
    expect(subject.story()).to.deep.equal([
      "ready",
      "accepted 1 -",
      "refused 2 two",
      "refused 3 -",
      "request 1 -",
    ]);
  });

  it("is kept by a client whose hello comes after the hello of a later client", async () => {
    await start({ helloWaitMs: HOUR_MS });
    const first = await open();
    const second = await open();
    second.send(hello("two"));
    first.send(hello("one"));
    expect([await said(first), await said(second)]).to.deep.equal(["welcome", "busy"]);
    expect(subject.story()).to.deep.equal(["ready", "accepted 1 one", "refused 2 two"]);
  });

  it("is kept by a client with a higher token if a later client's lower token is read first", async () => {
    await start({ helloWaitMs: HOUR_MS });
    const first = await open();
    const second = await open();
    second.send(hello("two", 3));
    first.send(hello("one", 4));
    expect([await said(first), await said(second)]).to.deep.equal(["welcome", "busy"]);
  });

  for (const leaves of ["finish", "reset"] as const) {
    it(`is free for the next clients when a silent client leaves by ${leaves === "finish" ? "FIN" : "RST"}`, async () => {
      await start({ helloWaitMs: HOUR_MS });
      const probe = await open();
      const second = await open();
      const third = await open();
      third.send(hello("three"));
      second.send(hello("two"));
      probe[leaves]();
      expect([await said(second), await said(third)]).to.deep.equal(["welcome", "busy"]);
      expect(subject.story()).to.deep.equal([
        "ready",
        `${leaves === "finish" ? "closed" : "reset"} 1 -`,
        "accepted 2 two",
        "refused 3 three",
      ]);
    });
  }

  it("is given to one client only, in order of arrival, even if the hellos come in another order", async () => {
    await start({ helloWaitMs: HOUR_MS, capacity: 2 });
    const [first, second, third] = [await open(), await open(), await open()];
    third.send(hello("three"));
    second.send(hello("two"));
    expect(await said(second)).to.equal("welcome");
    first.send(hello("one"));
    expect([await said(first), await said(third)]).to.deep.equal(["welcome", "busy"]);
    expect(subject.story()).to.deep.equal(["ready", "accepted 1 one", "accepted 2 two", "refused 3 three"]);
  });

  it("under evict, is taken from a silent client by the next client", async () => {
    const { clock, pass, arrival } = arrivalClock();
    await start({ helloWaitMs: 50, admission: "evict", clock });
    const silent = await open();
    await arrival;
    await pass(10);
    const second = await open();
    second.send(hello("two"));
    await pass(40);
    expect([await said(second), await said(silent), await said(silent)]).to.deep.equal([
      "welcome",
      "welcome",
      "end",
    ]);
    expect(subject.story()).to.deep.equal(["ready", "accepted 1 -", "evicted 1 -", "accepted 2 two"]);
  });

  it("is logged with the time at which TCP opened the connection, before the records of later connections", async () => {
    const { clock, pass, arrival } = arrivalClock();
    await start({ capacity: 2, clock });
    const silent = await open();
    await arrival;
    await pass(100);
    const second = await open();
    second.send(hello("two"));
    expect(await said(second)).to.equal("welcome");
    await pass(399);
    expect(subject.story()).to.deep.equal(["ready"]);
    await pass(1);
    expect(await said(silent)).to.equal("welcome");
    expect(subject.story()).to.deep.equal(["ready", "accepted 1 -", "accepted 2 two"]);
    expect(subject.records.map(({ time }) => Date.parse(time) - START)).to.deep.equal([0, 0, 100]);
  });

  for (const [command, event] of [
    ["dropHolder", "reset"],
    ["expireIdle", "idle-timeout"],
  ] as const) {
    it(`can be taken from a silent client by ${command}`, async () => {
      const { clock, arrival } = arrivalClock();
      await start({ clock });
      const silent = await open();
      await arrival;
      expect(subject.peer[command]()).to.equal(true);
      expect(await said(silent)).to.equal(event === "reset" ? "reset" : "end");
      expect(subject.story()).to.deep.equal(["ready", "accepted 1 -", `${event} 1 -`]);
    });
  }
});

const START = Date.UTC(2026, 10, 26);

/**
 * A clock that moves only by `pass`. So the peer's wait for a client's hello cannot end before the peer has read a hello that was sent.
 * `arrival` resolves when the peer begins to wait for the first hello.
 */
function arrivalClock(): {
  readonly clock: Clock;
  readonly pass: VirtualClock["pass"];
  readonly arrival: Promise<void>;
} {
  const virtual = createVirtualClock(START);
  let arrived: () => void = () => {};
  const arrival = new Promise<void>((resolve) => (arrived = resolve));
  const sleep: Clock["sleep"] = (length, signal) => {
    arrived();
    return virtual.sleep(length, signal);
  };
  return {
    clock: { now: () => virtual.now(), monotonic: () => virtual.monotonic(), sleep },
    pass: (lengthMs) => virtual.pass(lengthMs),
    arrival,
  };
}
