import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { platform } from "node:process";
import { setImmediate } from "node:timers/promises";
import { expect } from "chai";
import { CUSTOM, CUSTOM_RUNTIME } from "../support/custom-runtime.ts";
import { payloadOf, testFleet, writeFiles, type TestFleet } from "../support/test-fleet.ts";
import { runningProcesses, waitingProcess } from "../support/waiting-process.ts";

/** When the module is loaded, it writes its process id into a file. The handler returns what its process can see. */
const MODULE = `
import { appendFileSync, fstatSync } from "node:fs";
appendFileSync(process.env.LOADED, process.pid + "\\n");
export const handler = async () => ({
  pid: process.pid,
  arguments: process.argv.length,
  input: fstatSync(0).isCharacterDevice(),
  stream: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  title: process.env.TITLE,
});
`;

/** Reads a process's command line. It is empty for a moment while the process becomes another program. */
async function commandLine(id: number): Promise<string> {
  for (;;) {
    const line = readFileSync(`/proc/${id}/cmdline`, "utf8");
    if (line !== "") return line;
    await setImmediate();
  }
}

interface Seen {
  readonly pid: number;
  readonly arguments: number;
  readonly input: boolean;
  readonly stream: string;
  readonly title: string;
}

describe("preparing environments ahead", () => {
  let test: TestFleet;
  let loadedFile: string;

  beforeEach(async () => {
    test = await testFleet({ parked: 1 });
    loadedFile = join(test.folder, "loaded");
  });

  afterEach(() => test.close());

  /** Only complete lines count, because the file is empty for a moment after it was created. */
  const loaded = (): number[] =>
    existsSync(loadedFile) ? readFileSync(loadedFile, "utf8").split("\n").slice(0, -1).map(Number) : [];

  function add(name: string, environment: Readonly<Record<string, string>> = {}): void {
    test.add(
      { "index.mjs": MODULE },
      { functionName: name, environment: { LOADED: loadedFile, TITLE: name, ...environment } },
    );
  }

  async function invoked(name: string): Promise<Seen> {
    return payloadOf(await test.invoke(name)) as Seen;
  }

  async function cold(name: string): Promise<Seen> {
    await test.fleet.retire(name, { every: true }, "fin");
    return await invoked(name);
  }

  const waiting = (others: readonly number[]): Promise<number> => waitingProcess(test, others);

  it("gives the next cold start a process that waited and has loaded nothing of the function yet", async () => {
    add("f");
    const first = await invoked("f");
    const next = await waiting([first.pid]);
    expect(loaded()).to.deep.equal([first.pid]);
    expect(test.fleet.environments()).to.have.length(1);
    expect(test.logs.streams).to.deep.equal([first.stream]);
    const second = await cold("f");
    expect(second.pid).to.equal(next);
    expect(loaded()).to.deep.equal([first.pid, next]);
    expect(test.logs.streams).to.deep.equal([first.stream, second.stream]);
  });

  it("makes no difference that the function can see in its process", async () => {
    add("f");
    const first = await invoked("f");
    const next = await waiting([first.pid]);
    const second = await cold("f");
    expect(second).to.deep.equal({ ...first, pid: next, stream: second.stream });
    expect(first.input).to.equal(true);
    expect(second.stream).to.equal(test.fleet.environments()[0]?.environment);
  });

  it("prepares a process for the function of the last cold start, and gives it to no other", async () => {
    add("f");
    add("g");
    const first = await invoked("f");
    const forF = await waiting([first.pid]);
    const other = await invoked("g");
    expect(other.pid).not.to.equal(forF);
    expect(other.title).to.equal("g");
    const forG = await waiting([first.pid, other.pid, forF]);
    expect((await cold("g")).pid).to.equal(forG);
    expect((await cold("f")).pid).not.to.equal(forF);
  });

  it("prepares nothing while an invocation runs", async () => {
    const open = join(test.folder, "open");
    const waits = `
      import { appendFileSync, existsSync } from "node:fs";
      import { setTimeout } from "node:timers/promises";
      export const handler = async () => {
        appendFileSync(process.env.LOADED, process.pid + "\\n");
        while (!existsSync(process.env.OPEN)) await setTimeout(5);
      };`;
    test.add(
      { "index.mjs": waits },
      { functionName: "long", environment: { LOADED: loadedFile, OPEN: open } },
    );
    const long = test.invoke("long");
    while (loaded().length === 0) await setImmediate();
    const [longId = 0] = loaded();
    add("f");
    const first = await invoked("f");
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
    expect(runningProcesses(test)).to.have.members([longId, first.pid]);
    writeFileSync(open, "");
    await long;
    const next = await waiting([longId, first.pid]);
    expect((await cold("f")).pid).to.equal(next);
  });

  it("uses no process of an earlier configuration", async () => {
    add("f");
    const first = await invoked("f");
    const earlier = await waiting([first.pid]);
    add("f", { TITLE: "changed" });
    const second = await cold("f");
    expect(second.pid).not.to.equal(earlier);
    expect(second.title).to.equal("changed");
  });

  it("waits for the cold start before it loads the modules that NODE_OPTIONS names", async () => {
    const { codeFolder } = test.add({
      "early.cjs": `require("fs").appendFileSync(process.env.LOADED, process.pid + "\\n")`,
    });
    add("f", { NODE_OPTIONS: `--require ${join(codeFolder, "early.cjs")}` });
    const first = await invoked("f");
    const next = await waiting([first.pid]);
    expect(loaded()).to.deep.equal([first.pid, first.pid]);
    expect((await cold("f")).pid).to.equal(next);
    expect(loaded()).to.deep.equal([first.pid, first.pid, next, next]);
  });

  it("starts a wrapper only at the cold start", async () => {
    const wrapper = join(test.folder, "wrapper");
    writeFiles(test.folder, { wrapper: '#!/bin/sh\necho "wrapper $$" >>"$LOADED"\nexec "$@"\n' });
    add("f", { AWS_LAMBDA_EXEC_WRAPPER: wrapper });
    const first = await invoked("f");
    const next = await waiting([first.pid]);
    const before = readFileSync(loadedFile, "utf8");
    expect((await cold("f")).pid).to.equal(next);
    expect(before).to.equal(`wrapper ${first.pid}\n${first.pid}\n`);
    expect(readFileSync(loadedFile, "utf8")).to.equal(`${before}wrapper ${next}\n${next}\n`);
  });

  it("starts the program of a custom runtime only at the cold start", async () => {
    test.add({ bootstrap: CUSTOM_RUNTIME }, { ...CUSTOM, functionName: "f" });
    const first = payloadOf(await test.invoke("f"));
    const [environment] = test.fleet.environments();
    const next = await waiting([environment?.processId ?? 0]);
    if (platform === "linux") expect(await commandLine(next)).to.contain("read -r _");
    expect(test.logs.messages().filter((line) => line === "init\n")).to.have.length(1);
    await test.fleet.retire("f", { every: true }, "fin");
    expect(payloadOf(await test.invoke("f"))).to.deep.equal(first);
    expect(test.fleet.environments()[0]?.processId).to.equal(next);
  });

  it("replaces a waiting process that somebody killed", async () => {
    add("f");
    const first = await invoked("f");
    const next = await waiting([first.pid]);
    process.kill(next, "SIGKILL");
    await waiting([]);
    const second = await cold("f");
    expect(second.pid).not.to.equal(next);
  });

  it("ends the waiting processes when the engine ends", async () => {
    add("f");
    const next = await waiting([(await invoked("f")).pid]);
    await test.fleet.close();
    expect(() => process.kill(next, 0)).to.throw("ESRCH");
  });
});
