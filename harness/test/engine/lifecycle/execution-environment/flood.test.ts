/** Functions that write more than the engine can store: what they write waits, and nobody else does. */
import { EventEmitter, once } from "node:events";
import { expect } from "chai";
import type { InvokeResult } from "../../../../src/engine/fleet-contract.ts";
import { LogsUnwritable } from "../../../../src/engine/log-sink.ts";
import { EVENT_QUEUE_DEFAULTS, EventQueue } from "../../../../src/engine/scheduling/event-queue.ts";
import { systemClock } from "../../support/system-clock.ts";
import { invokeRequest, payloadOf, testFleet, type TestFleet } from "../../support/test-fleet.ts";

const WRITES_FOR_EVER = `import { spawn } from "node:child_process";
export const handler = () => new Promise(() => spawn("yes", { stdio: "inherit" }));`;
const COUNTS = `import { spawnSync } from "node:child_process";
export const handler = async ({ to }) => spawnSync("seq", ["1", String(to)], { stdio: "inherit" }).status;`;

describe("a function that writes without end", () => {
  let test: TestFleet;
  beforeEach(async () => {
    test = await testFleet();
  });
  afterEach(() => test.close());

  it("times out as any other, with its lines before END, while the engine answers other functions", async () => {
    test.add({ "index.mjs": WRITES_FOR_EVER }, { functionName: "flood", timeoutMs: 3_000 });
    test.add({ "index.mjs": "export const handler = async () => 1;" }, { functionName: "other" });
    const ended: string[] = [];
    const flood = test.invoke("flood").finally(() => ended.push("flood"));
    await test.logs.seen("y\n");
    for (let n = 0; n < 10; n += 1) expect(payloadOf(await test.invoke("other"))).to.equal(1);
    ended.push("others");
    const answer = payloadOf(await flood) as { readonly errorType: string };
    expect([answer.errorType, ended]).to.deep.equal(["Sandbox.Timedout", ["others", "flood"]]);
    await test.fleet.logged();
    const log = test.logs.messages().filter((message) => message === "y\n" || /^(START|END)/.test(message));
    expect(log.findLastIndex((message) => message === "y\n")).to.be.below(
      log.findLastIndex((message) => message.startsWith("END")),
    );
  });

  it("has all its lines in the log, in order, when the invocation has ended", async () => {
    test.add({ "index.mjs": COUNTS }, { timeoutMs: 60_000 });
    expect(payloadOf(await test.invoke("probe", { to: 30_000 }))).to.equal(0);
    const messages = test.logs.messages();
    const first = messages.indexOf("1\n");
    expect(messages.slice(first, first + 30_000)).to.deep.equal(counted(30_000));
    expect(messages[first + 30_000]).to.match(/^END/);
  });

  it("waits while the log cannot be written, and loses nothing", async () => {
    const disk = fillableDisk(test);
    test.add({ "index.mjs": COUNTS }, { timeoutMs: 60_000 });
    expect(payloadOf(await test.invoke("probe", { to: 1 }))).to.equal(0);
    const before = test.logs.messages().length;
    disk.full = true;
    let answered = false;
    const answer = test.invoke("probe", { to: 100_000 }).finally(() => (answered = true));
    // The lines have 0.6 MB: more than the kernel and the engine keep of what a process writes.
    for (let tries = 0; tries < 5; tries += 1) await once(disk.refused, "refused");
    expect([answered, test.logs.messages().length]).to.deep.equal([false, before]);
    disk.full = false;
    expect(payloadOf(await answer)).to.equal(0);
    const messages = test.logs.messages().slice(before);
    expect(messages[0]).to.match(/^START/);
    expect(messages.slice(1, 100_001)).to.deep.equal(counted(100_000));
    expect(messages.slice(100_001).map((message) => message.split(" ")[0])).to.deep.equal(["END", "REPORT"]);
  });
});

describe("an engine whose logs cannot be written", () => {
  it("takes invocations as long as little waits, and again when there is room; what it took is in the log", async () => {
    const test = await testFleet();
    try {
      const disk = fillableDisk(test);
      test.add({ "index.mjs": "export const handler = async (n) => n;" }, { timeoutMs: 60_000 });
      expect(payloadOf(await test.invoke("probe", 0))).to.equal(0);
      disk.full = true;
      const taken = [0];
      let refusal: InvokeResult | null = null;
      while (refusal === null && taken.length < 1_000) {
        const result = await test.invoke("probe", taken.length);
        if (result.kind === "answered") taken.push(payloadOf(result) as number);
        else refusal = result;
      }
      expect(taken).to.deep.equal([...taken.keys()]);
      expect(refusal).to.deep.equal({
        kind: "broken",
        message:
          "The engine takes no invocation, because its logs cannot be written and too much waits already.",
      });
      expect(taken.length).to.be.above(20);
      // Also while the engine tries again to write.
      for (let tries = 0; tries < 3; tries += 1) {
        await once(disk.refused, "refused");
        expect(await test.invoke()).to.deep.equal(refusal);
      }
      // An asynchronous event is tried again until the engine takes it.
      let attempts = 0;
      const outcome = new Promise((resolve) => {
        const queue = new EventQueue({
          fleet: {
            invoke: async (...given) => {
              const result = await test.fleet.invoke(...given);
              attempts += 1;
              if (attempts === 2) disk.full = false;
              return result;
            },
          },
          clock: systemClock,
          settings: { ...EVENT_QUEUE_DEFAULTS, timeScale: 0.01 },
          reservedConcurrency: () => null,
          done: (...given) => resolve(given.slice(1, 3)),
        });
        queue.add({
          functionName: "probe",
          version: "$LATEST",
          qualifier: "$LATEST",
          request: invokeRequest("event"),
        });
      });
      expect(await outcome).to.deep.equal(["Success", 1]);
      expect(attempts).to.be.above(2);
      expect(payloadOf(await test.invoke("probe", 7))).to.equal(7);
      await test.fleet.logged();
      const words = test.logs.messages().map((message) => message.split(" ")[0]);
      const ofInvocations = words.filter((word) => word !== "INIT_START");
      expect(ofInvocations).to.deep.equal([...taken, "event", 7].flatMap(() => ["START", "END", "REPORT"]));
    } finally {
      await test.close();
    }
  });
});

/** From `full` on, the log of the fleet cannot be written. Each refusal is an event of `refused`. */
function fillableDisk({ logs }: TestFleet): { full: boolean; readonly refused: EventEmitter } {
  const disk = { full: false, refused: new EventEmitter() };
  const write = logs.write.bind(logs);
  logs.write = (...event) => {
    if (disk.full) {
      disk.refused.emit("refused");
      throw new LogsUnwritable("full");
    }
    write(...event);
  };
  return disk;
}

const counted = (to: number): readonly string[] => Array.from({ length: to }, (_, n) => `${n + 1}\n`);
