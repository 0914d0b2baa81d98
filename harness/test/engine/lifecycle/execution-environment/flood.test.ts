/** Functions that write more than the engine can store: what they write waits, and nobody else does. */
import { EventEmitter, once } from "node:events";
import { expect } from "chai";
import { LogsUnwritable } from "../../../../src/engine/logs-unwritable.ts";
import { payloadOf, testFleet, type TestFleet } from "../../support/test-fleet.ts";

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
    const refused = new EventEmitter();
    let full = false;
    const write = test.logs.write.bind(test.logs);
    test.logs.write = (...event) => {
      if (full) {
        refused.emit("refused");
        throw new LogsUnwritable("full");
      }
      write(...event);
    };
    test.add({ "index.mjs": COUNTS }, { timeoutMs: 60_000 });
    expect(payloadOf(await test.invoke("probe", { to: 1 }))).to.equal(0);
    const before = test.logs.messages().length;
    full = true;
    let answered = false;
    const answer = test.invoke("probe", { to: 100_000 }).finally(() => (answered = true));
    // The lines have 0.6 MB: more than the kernel and the engine keep of what a process writes.
    for (let tries = 0; tries < 5; tries += 1) await once(refused, "refused");
    expect([answered, test.logs.messages().length]).to.deep.equal([false, before]);
    full = false;
    expect(payloadOf(await answer)).to.equal(0);
    const messages = test.logs.messages().slice(before);
    expect(messages[0]).to.match(/^START/);
    expect(messages.slice(1, 100_001)).to.deep.equal(counted(100_000));
    expect(messages.slice(100_001).map((message) => message.split(" ")[0])).to.deep.equal(["END", "REPORT"]);
  });
});

const counted = (to: number): readonly string[] => Array.from({ length: to }, (_, n) => `${n + 1}\n`);
