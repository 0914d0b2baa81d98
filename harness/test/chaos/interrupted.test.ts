/** Tests that after Ctrl-C of `make chaos` its processes, mounts and files are gone. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { execPath } from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect } from "chai";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { itInTestAll } from "../support/test-all.ts";
import { markedProcesses } from "./marked-processes.ts";

const CHAOS = fileURLToPath(new URL("chaos.ts", import.meta.url));

const mountsBelow = (folder: string): readonly string[] =>
  readFileSync("/proc/mounts", "utf8")
    .split("\n")
    .filter((line) => line.includes(` ${folder}/`));

describe("make chaos that is interrupted", function () {
  this.timeout(0);
  const folder = temporaryFolder();

  itInTestAll("leaves no process, mount or file", async function () {
    if (process.platform !== "linux") this.skip();
    const chaos = spawn(execPath, ["--import", "tsx", CHAOS], {
      stdio: "ignore",
      env: { ...process.env, TMPDIR: folder.path(), SEED: "1", KILLS: "30", DURATION: "" },
    });
    const left = (): readonly unknown[] =>
      ["1", "2"].flatMap((number) => markedProcesses(`${String(chaos.pid)}-${number}`));
    const folders = (): readonly string[] =>
      readdirSync(folder.path()).filter((name) => name.startsWith("longrun-chaos-"));
    const ended = once(chaos, "exit");
    while (left().length === 0 && chaos.exitCode === null) await pause(20);
    expect(folders()).to.have.lengthOf(1);
    chaos.kill("SIGINT");
    expect(await ended).to.deep.equal([130, null]);
    expect(left()).to.deep.equal([]);
    expect(mountsBelow(folder.path())).to.deep.equal([]);
    expect(folders()).to.deep.equal([]);
  });
});
