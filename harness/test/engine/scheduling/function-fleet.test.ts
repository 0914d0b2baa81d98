import { EventEmitter, once } from "node:events";
import { createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { execPath } from "node:process";
import { expect } from "chai";
import { ACCOUNT_LIMITS } from "../../../src/engine/account-limits.ts";
import type { InvokeResult } from "../../../src/engine/fleet-contract.ts";
import { CUSTOM } from "../support/custom-runtime.ts";
import { invokeRequest, payloadOf, testFleet, type TestFleet } from "../support/test-fleet.ts";

/** A runtime that, after each answer, connects to the gate and asks for its next event only when the gate closes the connection. */
const RUNTIME = `#!${execPath}
const net = require("node:net");
const api = "http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2018-06-01/runtime/invocation/";
(async () => {
  for (;;) {
    const next = await fetch(api + "next");
    await next.text();
    const id = next.headers.get("lambda-runtime-aws-request-id");
    await (await fetch(api + id + "/response", { method: "POST", body: '"done"' })).text();
    await new Promise((resolve) => net.connect(Number(process.env.GATE), "127.0.0.1").resume().once("close", resolve));
  }
})();
`;

class Gate {
  readonly server: Server = createServer();
  readonly #arrived: Socket[] = [];
  readonly #waiting: ((socket: Socket) => void)[] = [];

  async open(): Promise<string> {
    this.server.on("connection", (socket: Socket) => {
      const wake = this.#waiting.shift();
      if (wake === undefined) this.#arrived.push(socket);
      else wake(socket);
    });
    this.server.listen(0, "127.0.0.1");
    await once(this.server, "listening");
    return String((this.server.address() as AddressInfo).port);
  }

  /** Resolves when a runtime has answered and waits at the gate, with the function that lets it go on. */
  async waits(): Promise<() => void> {
    const socket =
      this.#arrived.shift() ?? (await new Promise<Socket>((resolve) => this.#waiting.push(resolve)));
    return () => void socket.end();
  }

  close(): void {
    this.server.close();
  }
}

describe("a caller that has its answer before the Invoke phase has ended", () => {
  const gate = new Gate();
  let port: string;
  before(async () => {
    port = await gate.open();
  });
  after(() => gate.close());

  let test: TestFleet;
  afterEach(() => test.close());

  const add = (functionName: string): void =>
    void test.add({ bootstrap: RUNTIME }, { ...CUSTOM, functionName, environment: { GATE: port } });

  const logged = (): readonly (string | undefined)[] =>
    test.logs.messages().map((message) => /^[A-Z_]+/.exec(message)?.[0]);

  /** Begins the first invocation. Resolves when the caller has its answer. */
  async function answered(
    phaseEndWaitMs: number,
    reserved: number | null = 1,
  ): Promise<{ readonly result: Promise<InvokeResult> }> {
    test = await testFleet({ phaseEndWaitMs });
    add("probe");
    test.fleet.setReservedConcurrency("probe", reserved);
    const events = new EventEmitter();
    const onResult = (): void => void events.emit("answer");
    const answer = once(events, "answer");
    const result = test.fleet.invoke("probe", "$LATEST", invokeRequest({}, { onResult }));
    await answer;
    return { result };
  }

  it("finds the environment idle in its next invocation", async () => {
    const first = answered(600_000);
    const goOn = await gate.waits();
    const { result } = await first;
    let ended = false;
    void result.then(() => (ended = true));
    const second = test.fleet.invoke("probe", "$LATEST", invokeRequest({}));
    const settled = test.fleet.settled();
    expect([ended, test.fleet.environments().map(({ state }) => state)]).to.deep.equal([false, ["invoking"]]);
    goOn();
    await settled;
    expect(ended).to.equal(true);
    (await gate.waits())();
    expect((await second).kind).to.equal("answered");
    expect(test.fleet.environments()).to.have.length(1);
    const phase = ["START", "END", "REPORT"];
    expect(logged()).to.deep.equal(["INIT_START", ...phase, ...phase]);
  });

  it("takes no place of the account", async () => {
    const first = answered(600_000, null);
    const goOn = await gate.waits();
    await first;
    add("large");
    test.fleet.setReservedConcurrency("large", ACCOUNT_LIMITS.concurrentExecutions - 1);
    add("other");
    const other = test.fleet.invoke("other", "$LATEST", invokeRequest({}));
    goOn();
    (await gate.waits())();
    expect((await other).kind).to.equal("answered");
  });

  for (const [step, act, rest] of [
    ["retired", () => test.fleet.retire("probe", { selector: "in-flight" }, "fin"), []],
    ["crashed", () => test.fleet.crash("probe", { selector: "in-flight" }), []],
  ] as const)
    it(`has a complete log if the environment is to be ${step} then`, async () => {
      const first = answered(600_000);
      const goOn = await gate.waits();
      await first;
      const acted = act();
      goOn();
      expect(await acted).to.deep.equal(rest);
      expect(logged()).to.deep.equal(["INIT_START", "START", "END", "REPORT"]);
    });

  it("is not waited for if it takes its answer only at the end", async () => {
    test = await testFleet({ phaseEndWaitMs: 600_000 });
    add("probe");
    const first = test.fleet.invoke("probe", "$LATEST", invokeRequest({}));
    const goOn = await gate.waits();
    await test.fleet.settled();
    const second = test.fleet.invoke("probe", "$LATEST", invokeRequest({}));
    (await gate.waits())();
    expect((await second).kind).to.equal("answered");
    goOn();
    expect((await first).kind).to.equal("answered");
    expect(test.fleet.environments()).to.have.length(2);
  });

  it("is throttled if the runtime is later than the engine waits", async () => {
    const first = answered(0);
    const goOn = await gate.waits();
    const { result } = await first;
    expect((await result).kind).to.equal("answered");
    await test.fleet.settled();
    expect(await test.fleet.invoke("probe", "$LATEST", invokeRequest({}))).to.deep.equal({
      kind: "throttled",
      reason: "ReservedFunctionConcurrentInvocationLimitExceeded",
    });
    goOn();
  });
});

describe("environments of tenants", () => {
  let test: TestFleet;
  const add = (functionName = "probe"): void =>
    void test.add(
      { "index.mjs": "export const handler = async () => process.env.AWS_LAMBDA_LOG_STREAM_NAME;" },
      { functionName, generation: 1 },
    );
  const invoke = (tenantId: string): Promise<InvokeResult> => test.invoke("probe", {}, { tenantId });
  const served = async (tenantId: string): Promise<unknown> => payloadOf(await invoke(tenantId));
  afterEach(() => test.close());

  it("that were initialised ahead are given to the first tenant that has none", async () => {
    test = await testFleet();
    add();
    const ahead = (await test.fleet.initialiseAhead("probe")).environment;
    const own = await served("a");
    expect(own).to.equal(ahead);
    const another = (await test.fleet.initialiseAhead("probe")).environment;
    // Its own environment comes before one that has served nobody.
    expect(await served("a")).to.equal(own);
    expect(await served("b")).to.equal(another);
  });

  it("are not given to another tenant, even if a step names the environment", async () => {
    test = await testFleet();
    add();
    const environment = String(await served("a"));
    test.fleet.placeNext("probe", { environment });
    expect(await served("b")).to.not.equal(environment);
  });

  it("are as many as the factor allows, and at least one; a new generation begins with none", async () => {
    test = await testFleet({ tenantEnvironments: 0.1 });
    add();
    test.fleet.setReservedConcurrency("probe", 5);
    await served("a");
    const full = { kind: "throttled", reason: null };
    expect(await invoke("b")).to.deep.equal(full);
    test.add({ "index.mjs": "export const handler = async () => 'new';" }, { generation: 2 });
    expect(await served("b")).to.equal("new");
    expect(await invoke("a")).to.deep.equal(full);
    await test.fleet.retire("probe", { selector: "all-idle" }, "fin");
    expect(await served("a")).to.equal("new");
  });

  it("are no more if tenants come at the same time", async () => {
    test = await testFleet({ tenantEnvironments: 1 });
    add();
    test.fleet.setReservedConcurrency("probe", 2);
    await served("a");
    const results = await Promise.all([invoke("b"), invoke("c")]);
    expect(results.map(({ kind }) => kind).toSorted()).to.deep.equal(["answered", "throttled"]);
    expect(test.fleet.environments()).to.have.length(2);
  });
});
