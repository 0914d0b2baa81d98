import { expect } from "chai";
import { spawn, type ChildProcess } from "node:child_process";
import { readlinkSync } from "node:fs";
import { platform } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import type { InvokeResult } from "../../../src/engine/fleet-contract.ts";
import { itForAFifth } from "../../support/test-all.ts";
import { CHILDREN, DAEMONS, newSeconds, stateOf, statesOf } from "../support/daemons.ts";
import { changeTimeout, payloadOf, testFleet, type TestFleet } from "../support/test-fleet.ts";

/** Signals take effect a moment after they were sent. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(2);
}

for (const isolation of ["namespaces", "none"] as const) {
  describe(`the processes that a function starts, with isolation ${isolation}`, () => {
    let test: TestFleet;
    before(function () {
      if (platform() !== "linux") this.skip();
    });
    beforeEach(async function () {
      test = await testFleet({ isolation: isolation === "none" ? "none" : "auto" });
      if (test.fleet.isolation !== isolation) this.skip();
    });
    afterEach(async () => {
      await test.close();
    });

    it("are frozen with their environment, and go on with it", async () => {
      const seconds = newSeconds();
      test.add({ "index.mjs": DAEMONS });
      expect(payloadOf(await test.invoke("probe", { seconds }))).to.be.a("number");
      await until(() => statesOf(seconds).every((state) => state === "T"));
      expect(statesOf(seconds).length).to.equal(CHILDREN);
      const hanging = test.invoke("probe", { then: "hang" });
      await until(() => statesOf(seconds).every((state) => state === "S"));
      expect(statesOf(seconds).length).to.equal(CHILDREN);
      const retired = test.fleet.retire("probe", { every: true }, "fin");
      await Promise.all([retired, hanging]);
      expect(statesOf(seconds)).to.deep.equal([]);
    });

    const endings: ReadonlyArray<readonly [string, (seconds: string) => Promise<unknown>]> = [
      ["an environment that is retired", () => test.fleet.retire("probe", { every: true }, "fin")],
      ["an engine that closes", () => test.fleet.close()],
      ["a crash", () => test.fleet.crash("probe", { selector: "oldest-idle" })],
      ["a process that exits", () => test.invoke("probe", { then: "exit" })],
      ["the memory limit", () => test.invoke("probe", { then: "grow" })],
    ];
    for (const [number, [title, end]] of endings.entries())
      itForAFifth(number)(`end with ${title}`, async () => {
        const seconds = newSeconds();
        test.add({ "index.mjs": DAEMONS }, { memorySizeMb: 256 });
        expect(payloadOf(await test.invoke("probe", { seconds }))).to.be.a("number");
        expect(statesOf(seconds).length).to.equal(CHILDREN);
        await end(seconds);
        expect(statesOf(seconds)).to.deep.equal([]);
      });

    it("end with a time-out", async () => {
      const seconds = newSeconds();
      const snapshot = test.add({ "index.mjs": DAEMONS });
      expect(payloadOf(await test.invoke("probe", { seconds }))).to.be.a("number");
      changeTimeout(snapshot, 300);
      await test.invoke("probe", { then: "hang" });
      expect(statesOf(seconds)).to.deep.equal([]);
    });

    it("cannot thaw their parent, because they are frozen too", async () => {
      test.add({
        "index.mjs": `import { spawn } from "node:child_process"; import { once } from "node:events";
          export const handler = async () => { const child = spawn("sh", ["-c", "while :; do kill -CONT " + process.pid + "; done"], { detached: true, stdio: "ignore" }); child.unref(); await once(child, "spawn"); return "started"; };`,
      });
      expect(payloadOf(await test.invoke())).to.equal("started");
      const [{ processId } = { processId: null }] = test.fleet.environments();
      await until(() => stateOf(processId ?? 0) === "T");
      const states: string[] = [];
      for (let looks = 0; looks < 20; looks += 1) {
        await wait(1);
        states.push(stateOf(processId ?? 0));
      }
      expect(new Set(states)).to.deep.equal(new Set(["T"]));
    });

    it("count for the memory that the environment uses", async () => {
      test.add(
        {
          "index.mjs": `import { spawn } from "node:child_process"; import { once } from "node:events";
            export const handler = async ({ mb }) => { const child = spawn(process.execPath, ["-e", "globalThis.kept = Buffer.alloc(" + mb + " * 1048576, 1); process.send?.(1); setInterval(() => undefined, 1000)"], { detached: true, stdio: ["ignore", "ignore", "ignore", "ipc"] }); await once(child, "message"); await new Promise((resolve) => setTimeout(resolve, 200)); child.disconnect(); child.unref(); };`,
        },
        { memorySizeMb: 300 },
      );
      const result = await test.invoke("probe", { mb: 400 });
      expect(result.kind === "answered" ? JSON.parse(result.payload.toString()) : result).to.have.property(
        "errorType",
        "Runtime.ExitError",
      );
    });
  });
}

describe("an environment with a PID namespace", () => {
  let test: TestFleet;
  let bystander: ChildProcess;
  beforeEach(async function () {
    test = await testFleet({ isolation: "auto" });
    bystander = spawn("sleep", ["1000000"], { stdio: "ignore" });
    test.add({
      "index.mjs": `import { readlinkSync, readdirSync } from "node:fs";
        export const handler = async ({ machine, signal, code, self }) => {
          if (readlinkSync("/proc/self/ns/pid") === machine) throw new Error("not separate");
          if (self) process.kill(process.pid, self);
          if (code !== undefined) process.exit(code);
          // ESRCH: at this moment the namespace has no process besides the first one and this one.
          try {
            if (signal) process.kill(-1, signal);
          } catch (error) {
            if (error.code !== "ESRCH") throw error;
          }
          return { processes: readdirSync("/proc").filter((name) => /^[0-9]+$/.test(name)).length < 10 };
        };`,
    });
    const result = await test.invoke("probe", { machine });
    // Everything below signals all processes that the function can see.
    if (result.kind !== "answered" || result.functionError !== null) this.skip();
  });
  afterEach(async () => {
    bystander.kill("SIGKILL");
    await test.close();
  });
  const machine = platform() === "linux" ? readlinkSync("/proc/self/ns/pid") : "";

  it("has only its own processes in /proc", async () => {
    expect(payloadOf(await test.invoke("probe", { machine }))).to.deep.equal({ processes: true });
  });

  for (const signal of ["SIGKILL", "SIGSTOP", "SIGHUP"])
    it(`does not let kill(-1, ${signal}) reach a process of the machine, and serves on`, async () => {
      expect(payloadOf(await test.invoke("probe", { machine, signal }))).to.deep.equal({ processes: true });
      expect([bystander.exitCode, bystander.signalCode, stateOf(bystander.pid ?? 0)]).to.deep.equal([
        null,
        null,
        "S",
      ]);
      expect(payloadOf(await test.invoke("probe", { machine }))).to.deep.equal({ processes: true });
    });

  const ends: ReadonlyArray<readonly [object, string]> = [
    [{ self: "SIGKILL" }, "Runtime exited with error: signal: killed"],
    [{ self: "SIGTERM" }, "Runtime exited with error: signal: terminated"],
    [{ self: "SIGSEGV" }, "Runtime exited with error: signal: segmentation fault"],
    [{ code: 129 }, "Runtime exited with error: exit status 129"],
    [{ code: 137 }, "Runtime exited with error: exit status 137"],
  ];
  for (const [event, text] of ends)
    it(`reports how the process ended: ${text}`, async () => {
      const result: InvokeResult = await test.invoke("probe", { machine, ...event });
      expect((payloadOf(result) as { errorMessage: string }).errorMessage).to.contain(text);
    });
});
