import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { kill } from "node:process";
import { processStart } from "../../../../src/engine/process/running/process-start.ts";
import { sweepOrphans } from "../../../../src/engine/process/running/running-list.ts";
import { bootstrapFile, testFleet, writeFiles } from "../../support/test-fleet.ts";

async function gone(processId: number): Promise<void> {
  while (processStart(processId) !== null) await new Promise((resolve) => setTimeout(resolve, 5));
}

describe("the processes of an engine", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "longrun-orphans-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("end after SIGKILL of the engine: environments by themselves, detached processes of functions when the next engine starts", async function () {
    if (!existsSync("/usr/bin/setpriv")) return this.skip();
    const dataFolder = join(folder, "data");
    // Starts a detached child, which leaves its parent's process group and would run for ever.
    writeFiles(join(folder, "code"), {
      "index.mjs": `import { spawn } from "node:child_process"; export const handler = async (e) => { const child = spawn("sleep", ["100000"], { detached: true, stdio: "ignore" }); console.log("child " + child.pid); await new Promise((r) => setTimeout(r, 1e6)); };`,
    });
    const engine = spawn(
      process.execPath,
      [
        "--import",
        "tsx",
        new URL("../../support/fleet-child.ts", import.meta.url).pathname,
        dataFolder,
        bootstrapFile(),
        join(folder, "code"),
      ],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    const [line] = (await once(engine.stdout, "data")) as [Buffer];
    const { environments, child } = JSON.parse(line.toString()) as { environments: number[]; child: number };
    expect(environments.length).to.equal(2);
    expect(environments.map((processId) => processStart(processId) !== null)).to.deep.equal([true, true]);

    kill(engine.pid ?? 0, "SIGKILL");
    await once(engine, "exit");
    await Promise.all(environments.map(gone));
    expect(processStart(child)).to.not.equal(null);

    expect(await sweepOrphans(dataFolder)).to.equal(1);
    await gone(child);
    expect(readdirSync(dataFolder)).to.deep.equal([]);
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
