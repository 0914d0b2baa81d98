import { expect } from "chai";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readRun } from "../read-run.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

describe("a process that is killed while it writes", () => {
  const folder = temporaryFolder();

  it("leaves a file with every event whose writing was acknowledged", async () => {
    const run = join(folder.path(), "run");
    const script = fileURLToPath(new URL("./write-until-killed.ts", import.meta.url));
    const child = spawn(process.execPath, ["--import", "tsx", script, run], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.length > 20_000) child.kill("SIGKILL");
    });
    await ended;
    const acknowledged = Number(said.slice(0, said.lastIndexOf("\n")).split("\n").at(-1));
    const sequences = readRun(run).journal?.map(({ sequence }) => sequence) ?? [];
    expect(acknowledged).to.be.greaterThan(1_000);
    expect(sequences.length).to.be.at.least(acknowledged);
    expect(sequences).to.deep.equal(sequences.map((_, index) => index + 1));
  });
});
