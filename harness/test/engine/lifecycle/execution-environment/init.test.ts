import { expect } from "chai";
import { normalised } from "../../support/normalised.ts";
import { payloadOf, testFleet, type TestFleet } from "../../support/test-fleet.ts";

describe("the Init phase", () => {
  let test: TestFleet;
  afterEach(async () => {
    await test.close();
  });

  it("runs while no invocation waits, leaves the environment frozen, and does not count as an invocation", async () => {
    test = await testFleet();
    test.add({
      "index.mjs":
        'await new Promise((r) => setTimeout(r, 20)); console.log("connected"); export const handler = async () => 1;',
    });
    const { environment, succeeded } = await test.fleet.initialiseAhead("probe");
    expect(succeeded).to.equal(true);
    const description = test.fleet.environments("probe")[0];
    expect({ ...description, processId: 0, createdAt: 0 }).to.deep.equal({
      environment,
      functionName: "probe",
      version: "$LATEST",
      generation: 1,
      initializationType: "on-demand",
      state: "idle",
      frozen: true,
      handlerRuns: false,
      processId: 0,
      createdAt: 0,
      lastInvokeEndedAt: null,
      invocations: 0,
      openConnections: 0,
    });
    expect(normalised(test.logs.messages(environment))).to.deep.equal([
      "INIT_START Runtime Version: nodejs:22.v50\tRuntime Version ARN: arn:aws:lambda:eu-west-1::runtime:<hash>\n",
      "<time>\tundefined\tINFO\tconnected\n",
    ]);
    expect(payloadOf(await test.invoke())).to.equal(1);
    expect(test.fleet.environments().length).to.equal(1);
  });

  it("is repeated inside the invocation if the module throws, and the caller gets its error", async () => {
    test = await testFleet();
    test.add({ "index.mjs": 'console.log("boot"); throw new RangeError("no peer");' });
    expect((await test.fleet.initialiseAhead("probe")).succeeded).to.equal(false);
    const result = await test.invoke();
    expect((payloadOf(result) as { errorType: string }).errorType).to.equal("RangeError");
    const lines = normalised(test.logs.messages()).map((line) =>
      line.replace(/Uncaught Exception \t.*/, "Uncaught Exception"),
    );
    expect(lines.slice(1)).to.deep.equal([
      "<time>\tundefined\tINFO\tboot\n",
      "<time>\tundefined\tERROR\tUncaught Exception\n",
      "INIT_REPORT Init Duration: <n> ms\tPhase: init\tStatus: error\tError Type: Runtime.Unknown\n",
      "<time>\tundefined\tINFO\tboot\n",
      "<time>\tundefined\tERROR\tUncaught Exception\n",
      "INIT_REPORT Init Duration: <n> ms\tPhase: invoke\tStatus: error\tError Type: Runtime.Unknown\n",
      "START RequestId: <id> Version: $LATEST\n",
      "END RequestId: <id>\n",
      "REPORT RequestId: <id>\tDuration: <n> ms\tBilled Duration: <n> ms\tMemory Size: 512 MB\tMax Memory Used: <n> MB\tStatus: error\tError Type: Runtime.Unknown\n",
    ]);
    expect(test.fleet.environments().length).to.equal(1);
  });

  for (const [what, firstLine] of [
    ["has a missing interpreter", "#!/opt/nope/bash"],
    ["ends its first line with a carriage return", "#!/bin/bash\r"],
  ] as const)
    it(`leaves no unhandled rejection when the engine ends, if the program ${what}`, async () => {
      const failures: unknown[] = [];
      const note = (reason: unknown): void => void failures.push(reason);
      // Mocha does not report unhandled rejections of promises.
      process.on("unhandledRejection", note);
      // The engine ends 0 to 11 microtasks after the retirement begins, so that engine and environment end in every order.
      for (let steps = 0; steps < 12; steps += 1) {
        test = await testFleet();
        test.add({ bootstrap: `${firstLine}\n` }, { runtime: "provided.al2023", handler: "bootstrap" });
        const { environment, succeeded } = await test.fleet.initialiseAhead("probe");
        expect(succeeded).to.equal(false);
        const retired = test.fleet.retire("probe", { environment }, "fin");
        for (let step = 0; step < steps; step += 1) await Promise.resolve();
        await test.close();
        expect(await retired).to.deep.equal([environment]);
      }
      process.off("unhandledRejection", note);
      expect(failures).to.deep.equal([]);
    });

  it("is cut off at its limit and repeated inside the invocation, and the repetition takes its time from the function time-out", async () => {
    test = await testFleet({ initTimeoutMs: 300 });
    test.add({
      "index.mjs":
        "await new Promise((r) => setTimeout(r, 600)); export const handler = async (e, c) => c.getRemainingTimeInMillis() < 19_500;",
    });
    expect(payloadOf(await test.invoke())).to.equal(true);
    expect(normalised(test.logs.messages()).slice(1)).to.deep.equal([
      "INIT_REPORT Init Duration: <n> ms\tPhase: init\tStatus: timeout\n",
      "START RequestId: <id> Version: $LATEST\n",
      "END RequestId: <id>\n",
      "REPORT RequestId: <id>\tDuration: <n> ms\tBilled Duration: <n> ms\tMemory Size: 512 MB\tMax Memory Used: <n> MB\t\n",
    ]);
  });

  it("makes the invocation time out if the repeated Init lasts longer than the function time-out", async () => {
    test = await testFleet({ initTimeoutMs: 200 });
    test.add(
      { "index.mjs": "await new Promise((r) => setTimeout(r, 1e6)); export const handler = async () => 1;" },
      { timeoutMs: 1_000 },
    );
    expect((payloadOf(await test.invoke()) as { errorType: string }).errorType).to.equal("Sandbox.Timedout");
    expect(normalised(test.logs.messages()).slice(2)).to.deep.equal([
      "INIT_REPORT Init Duration: <n> ms\tPhase: invoke\tStatus: error\tError Type: Runtime.Unknown\n",
      "START RequestId: <id> Version: $LATEST\n",
      "END RequestId: <id>\n",
      "REPORT RequestId: <id>\tDuration: <n> ms\tBilled Duration: <n> ms\tMemory Size: 512 MB\tMax Memory Used: <n> MB\tStatus: timeout\n",
    ]);
  });

  it("fails with an ExitError if the process exits, and so does the repeated Init", async () => {
    test = await testFleet();
    test.add({ "index.mjs": "process.exit(0);" });
    const payload = payloadOf(await test.invoke()) as { errorType: string; errorMessage: string };
    expect([payload.errorType, payload.errorMessage.split("Error: ")[1]]).to.deep.equal([
      "Runtime.ExitError",
      "Runtime exited without providing a reason",
    ]);
    expect(
      test.logs
        .messages()
        .filter((line) => line.startsWith("INIT_REPORT"))
        .map((line) => line.split("\t").slice(1).join(" ")),
    ).to.deep.equal([
      "Phase: init Status: error Error Type: Runtime.ExitError\n",
      "Phase: invoke Status: error Error Type: Runtime.ExitError\n",
    ]);
  });

  it("fails with an ExitError if the node binary cannot be started", async () => {
    test = await testFleet({ interpreterOf: () => ({ file: "/dev/null", version: "22.0.0", home: null }) });
    test.add({ "index.mjs": "export const handler = async () => 1;" });
    expect((payloadOf(await test.invoke()) as { errorType: string }).errorType).to.equal("Runtime.ExitError");
  });
});
