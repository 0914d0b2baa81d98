import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { version } from "node:process";
import { interpreterNotice } from "../../../src/catalogue/runtimes/interpreter-notice.ts";
import { payloadOf, testFleet, type TestFleet } from "../support/test-fleet.ts";

const STREAM =
  "import { existsSync } from 'node:fs'; export const handler = async (e) => { console.log('in ' + e.n); if (e.wait) await new Promise((r) => setTimeout(r, e.wait)); while (e.until && !existsSync(e.until)) await new Promise((r) => setTimeout(r, 5)); return process.env.AWS_LAMBDA_LOG_STREAM_NAME; };";

describe("the fleet of an engine with one function", () => {
  let test: TestFleet;
  beforeEach(async () => {
    test = await testFleet();
  });
  afterEach(async () => {
    await test.close();
  });

  it("gives an invocation a new environment if the only environment is busy", async () => {
    test.add({ "index.mjs": STREAM });
    const both = await Promise.all([test.invoke("probe", { wait: 50 }), test.invoke("probe", { wait: 50 })]);
    expect(new Set(both.map(payloadOf)).size).to.equal(2);
  });

  it("at reserved concurrency 1, throttles an invocation only while another invocation runs", async () => {
    test.add({ "index.mjs": STREAM });
    test.fleet.setReservedConcurrency("probe", 1);
    const go = join(test.folder, "go");
    const first = test.invoke("probe", { n: 1, until: go });
    await test.logs.seen("in 1");
    expect(await test.invoke()).to.deep.equal({
      kind: "throttled",
      reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
    });
    writeFileSync(go, "");
    await first;
    for (let n = 0; n < 100; n += 1) expect((await test.invoke()).kind).to.equal("answered");
    expect(test.fleet.environments().length).to.equal(1);
    expect(test.logs.streams.length).to.equal(1);
  });

  it("throttles every invocation at reserved concurrency 0 until the reservation is removed", async () => {
    test.add({ "index.mjs": STREAM });
    test.fleet.setReservedConcurrency("probe", 0);
    expect((await test.invoke()).kind).to.equal("throttled");
    test.fleet.setReservedConcurrency("probe", null);
    expect((await test.invoke()).kind).to.equal("answered");
  });

  it("on `hold`, waits for the invocation in flight, and holds back later invocations until the release", async () => {
    test.add({ "index.mjs": STREAM });
    test.fleet.setReservedConcurrency("probe", 1);
    const order: string[] = [];
    const first = test.invoke("probe", { n: 1, wait: 60 }).then(() => order.push("first"));
    await test.logs.seen("in 1");
    const held = await test.fleet.hold("probe");
    order.push("held");
    const second = test.invoke("probe", { n: 2 }).then((result) => order.push(result.kind));
    await test.fleet.initialiseAhead("probe");
    order.push("ahead");
    held.release();
    await Promise.all([first, second]);
    expect(order).to.deep.equal(["first", "held", "ahead", "answered"]);
    expect(test.fleet.invocationsEnded("probe")).to.equal(2);
  });

  it("can play the failure of README.md: no invocation is placed in the environment that is initialised with `reserved`", async () => {
    test.add({ "index.mjs": STREAM });
    await test.invoke();
    const held = await test.fleet.hold("probe");
    expect((await test.fleet.retire("probe", { every: true }, "fin")).length).to.equal(1);
    const { environment } = await test.fleet.initialiseAhead("probe", { reserved: true });
    test.fleet.placeNext("probe", { placement: "new" });
    held.release();
    const elsewhere = payloadOf(await test.invoke());
    for (const placement of ["newest", "oldest", "most-recent"] as const) {
      test.fleet.placeNext("probe", { placement });
      expect(payloadOf(await test.invoke())).to.equal(elsewhere);
    }
    expect(elsewhere).to.not.equal(environment);
    expect(await test.fleet.retire("probe", { selector: "never-invoked" }, "fin")).to.deep.equal([]);
    expect(await test.fleet.retire("probe", { environment }, "fin")).to.deep.equal([environment]);
    expect(test.fleet.environments().map((one) => one.environment)).to.deep.equal([elsewhere]);
  });

  it("places the next invocation where `placeNext` says, even in a busy environment", async () => {
    test.add({ "index.mjs": STREAM });
    const { environment } = await test.fleet.initialiseAhead("probe");
    const fresh = (test.fleet.placeNext("probe", { placement: "new" }), payloadOf(await test.invoke()));
    expect(fresh).to.not.equal(environment);
    test.fleet.placeNext("probe", { environment });
    const busy = test.invoke("probe", { n: 7, wait: 50 });
    await test.logs.seen("in 7");
    test.fleet.placeNext("probe", { environment });
    expect(payloadOf(await test.invoke())).to.equal(environment);
    expect(payloadOf(await busy)).to.equal(environment);
    expect(() => test.fleet.placeNext("probe", { environment: "2026/01/01/[$LATEST]none" })).to.throw(
      "no live execution environment",
    );
  });

  it("lets an environment of an older generation finish its invocation, and never chooses it again", async () => {
    test.add({ "index.mjs": STREAM });
    const old = payloadOf(await test.invoke()) as string;
    const running = test.invoke("probe", { n: 3, wait: 60 });
    await test.logs.seen("in 3");
    test.add({ "index.mjs": STREAM });
    expect(payloadOf(await running)).to.equal(old);
    const fresh = payloadOf(await test.invoke());
    expect(fresh).to.not.equal(old);
    expect(
      test.fleet.environments().map((one) => [one.environment, one.generation, one.frozen]),
    ).to.deep.equal([
      [old, 1, true],
      [fresh, 2, true],
    ]);
    expect(await test.fleet.retire("probe", { selector: "oldest-idle" }, "fin")).to.deep.equal([old]);
  });

  it("breaks off an invocation if its environment ends, and logs no REPORT for it", async () => {
    test.add({ "index.mjs": STREAM });
    const result = test.invoke("probe", { n: 1, wait: 1e6 });
    await test.logs.seen("in 1");
    expect((await test.fleet.retire("probe", { selector: "in-flight" }, "silence")).length).to.equal(1);
    expect((await result).kind).to.equal("broken");
    const begins = test.logs.messages().map((line) => line.split(" ")[0]);
    expect(begins).to.include("START").and.to.not.include("REPORT");
    expect((await test.invoke()).kind).to.equal("answered");
  });

  it("can crash an idle environment, which then repeats its Init, and a busy one, whose invocation then fails", async () => {
    test.add({ "index.mjs": `console.log("boot"); ${STREAM}` });
    const environment = payloadOf(await test.invoke()) as string;
    expect(await test.fleet.crash("probe", { environment })).to.deep.equal([environment]);
    expect(payloadOf(await test.invoke())).to.equal(environment);
    const inFlight = test.invoke("probe", { n: 5, wait: 1e6 });
    await test.logs.seen("in 5");
    expect(await test.fleet.crash("probe", { selector: "in-flight" })).to.deep.equal([environment]);
    expect((payloadOf(await inFlight) as { errorMessage: string }).errorMessage).to.match(/signal: killed$/);
    expect(test.logs.messages().filter((line) => line.endsWith("boot\n")).length).to.equal(2);
  });

  it("counts an invocation as in flight from START on, not while it waits for a repeated Init", async () => {
    test.add({
      "index.mjs": `await new Promise((r) => setTimeout(r, 300)); ${STREAM}`,
    });
    const { environment } = await test.fleet.initialiseAhead("probe");
    await test.fleet.crash("probe", { environment });
    const result = test.invoke("probe", { n: 7, wait: 1e6 });
    const waiting = (): boolean => test.fleet.environments("probe").some(({ state }) => state === "invoking");
    while (!waiting()) await new Promise((resolve) => setImmediate(resolve));
    expect(test.fleet.environments("probe").map(({ handlerRuns }) => handlerRuns)).to.deep.equal([false]);
    expect(await test.fleet.retire("probe", { selector: "in-flight" }, "fin")).to.deep.equal([]);
    await test.logs.seen("in 7");
    expect(await test.fleet.retire("probe", { selector: "in-flight" }, "fin")).to.deep.equal([environment]);
    expect((await result).kind).to.equal("broken");
  });

  it("ends all environments when the function is deleted", async () => {
    test.add({ "index.mjs": STREAM });
    const running = test.invoke("probe", { n: 1, wait: 1e6 });
    await test.logs.seen("in 1");
    await test.fleet.remove("probe");
    expect((await running).kind).to.equal("broken");
    expect(test.fleet.environments()).to.deep.equal([]);
  });

  it("lists every environment that has ended, except those that end because the engine closes", async () => {
    test.add({ "index.mjs": STREAM });
    test.add({ "index.mjs": STREAM }, { version: "7" });
    const ahead = async (version: string): Promise<string> =>
      (await test.fleet.initialiseAhead("probe", { version })).environment;
    const [reset, silent, published, last] = [
      await ahead("$LATEST"),
      await ahead("$LATEST"),
      await ahead("7"),
      await ahead("$LATEST"),
    ];
    // A crash resets an environment but does not end it.
    await test.fleet.crash("probe", { environment: last });
    await test.fleet.retire("probe", { environment: reset }, "rst");
    await test.fleet.retire("probe", { environment: silent }, "silence");
    await test.fleet.removeVersion("probe", "7");
    await test.fleet.remove("probe");
    test.add({ "index.mjs": STREAM });
    await ahead("$LATEST");
    await test.fleet.close();
    const { records, next } = test.fleet.ends(0);
    expect(records.map(({ time: _time, ...record }) => record)).to.deep.equal(
      [
        [reset, "rst"],
        [silent, "silence"],
        [published, "fin"],
        [last, "fin"],
      ].map(([environment, ending]) => ({ result: "ended", functionName: "probe", environment, ending })),
    );
    expect(records.map(({ time }) => time)).to.deep.equal(records.map(({ time }) => time).toSorted());
    expect([next, test.fleet.ends(3).records]).to.deep.equal([4, records.slice(3)]);
  });

  it("never writes a log event with an earlier time stamp than the event before", async () => {
    test.add({ "index.mjs": STREAM });
    for (let n = 0; n < 20; n += 1) await test.invoke("probe", { n });
    const times = test.logs.events.map((event) => event.timestamp);
    expect(times).to.deep.equal([...times].sort((left, right) => left - right));
  });
});

describe("the notice that functions run on another Node release than the one in the name of their runtime", () => {
  for (const [title, [runtime, version], notice] of [
    ["nodejs22.x on Node 22: no notice", ["nodejs22.x", "22.1.0"], null],
    ["nodejs22.x on a later Node 22: no notice", ["nodejs22.x", "22.9.0"], null],
    [
      "nodejs24.x on Node 20: a notice",
      ["nodejs24.x", "20.1.0"],
      "nodejs24.x functions run on Node 20.1.0, because no Node 24 was found: longrun doctor --install-runtimes installs it",
    ],
    [
      "nodejs22.x on Node 220, whose number only begins with 22: a notice",
      ["nodejs22.x", "220.1.0"],
      "nodejs22.x functions run on Node 220.1.0, because no Node 22 was found: longrun doctor --install-runtimes installs it",
    ],
  ] as const) {
    it(title, () => {
      expect(interpreterNotice(runtime, { file: "/node", version, home: null })).to.equal(notice);
    });
  }

  it("is reported only once if a function is put twice", async () => {
    const notices: string[] = [];
    const test = await testFleet({ report: (notice) => notices.push(notice) });
    try {
      const runtime = version.startsWith("v24.") ? "nodejs22.x" : "nodejs24.x";
      test.add({ "index.mjs": STREAM }, { runtime });
      test.add({ "index.mjs": STREAM }, { runtime });
      expect(notices.length).to.equal(1);
      expect(test.fleet.notices.filter((notice) => notice === notices[0]).length).to.equal(1);
    } finally {
      await test.close();
    }
  });
});
