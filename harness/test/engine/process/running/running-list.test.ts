import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kill } from "node:process";
import { processStart } from "../../../../src/engine/process/running/process-start.ts";
import { sweepOrphans } from "../../../../src/engine/process/running/running-list.ts";
import { CHILDREN, DAEMONS, newSeconds, statesOf } from "../../support/daemons.ts";
import { bootstrapFile, testFleet, writeFiles } from "../../support/test-fleet.ts";

async function gone(processId: number): Promise<void> {
  while (processStart(processId) !== null) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function probeIsolation(): Promise<string> {
  const test = await testFleet({ isolation: "auto" });
  await test.close();
  return test.fleet.isolation;
}

describe("the processes of an engine", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "longrun-orphans-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const killed = async (isolation: "namespaces" | "none", seconds: string): Promise<readonly number[]> => {
    writeFiles(join(folder, "code"), { "index.mjs": DAEMONS });
    const engine = spawn(
      process.execPath,
      [
        "--import",
        "tsx",
        new URL("../../support/fleet-child.ts", import.meta.url).pathname,
        join(folder, "data"),
        bootstrapFile(),
        join(folder, "code"),
        isolation,
        seconds,
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const [line] = (await once(engine.stdout, "data")) as [Buffer];
    const environments = JSON.parse(line.toString()) as readonly number[];
    expect(environments.map((processId) => processStart(processId) !== null)).to.deep.equal([true, true]);
    expect(statesOf(seconds).length).to.equal(CHILDREN);
    // Without namespaces, the engine writes down the children that it finds when it measures the memory.
    const listed = (): number =>
      readdirSync(join(folder, "data"), { recursive: true, encoding: "utf8" }).filter((name) =>
        /\brunning.\d+$/.test(name),
      ).length;
    while (isolation === "none" && listed() < environments.length + CHILDREN)
      await new Promise((resolve) => setTimeout(resolve, 5));
    kill(engine.pid ?? 0, "SIGKILL");
    await once(engine, "exit");
    return environments;
  };

  it("end after SIGKILL of the engine, and with namespaces take with them all that functions started", async function () {
    if ((await probeIsolation()) !== "namespaces") return this.skip();
    const seconds = newSeconds();
    await Promise.all((await killed("namespaces", seconds)).map(gone));
    while (statesOf(seconds).length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await sweepOrphans(join(folder, "data"))).to.deep.equal({ ended: 0, left: [] });
  });

  it("end after SIGKILL of the engine without namespaces, but for what functions started: that ends when the next engine starts", async function () {
    if (!existsSync("/usr/bin/setpriv")) return this.skip();
    const seconds = newSeconds();
    await Promise.all((await killed("none", seconds)).map(gone));
    expect(statesOf(seconds).length).to.equal(CHILDREN);

    expect(await sweepOrphans(join(folder, "data"))).to.deep.equal({ ended: CHILDREN, left: [] });
    while (statesOf(seconds).length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(readdirSync(join(folder, "data"))).to.deep.equal([]);
  });

  it("are not ended by another engine on the same data folder while their own engine runs", async () => {
    const dataFolder = join(folder, "data");
    const first = await testFleet({ dataFolder });
    first.add({ "index.mjs": "export const handler = async () => 1;" });
    await first.fleet.initialiseAhead("probe");
    const second = await testFleet({ dataFolder });
    expect((await first.invoke()).kind).to.equal("answered");
    await second.close();
    expect((await first.invoke()).kind).to.equal("answered");
    await first.close();
    expect(readdirSync(dataFolder)).to.deep.equal([]);
  });
});
