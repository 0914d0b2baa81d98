/** A run directory has one writer at a time. */
import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { platform } from "node:os";
import { join } from "node:path";
import { kill } from "node:process";
import { openFileRunStore } from "../../../src/adapters/run-directory/file-run-store.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("the owner of a run directory", () => {
  const folder = temporaryFolder();
  const resumed = (owner: number): void => {
    writeFileSync(join(folder.path(), ".owner"), String(owner));
    openFileRunStore(folder.path(), { resume: true }).close();
  };

  it("is the only process that may write the directory while it runs", () => {
    expect(() => resumed(process.ppid)).to.throw(/is being written by process \d+\./);
  });

  it("no longer counts after its process was killed, even if the parent has not yet read the exit code", async function () {
    if (platform() !== "linux") this.skip();
    // The shell replaces itself with a program that never reads the exit code of its child.
    const parent = spawn("sh", ["-c", "sleep 600 & echo $!; exec sleep 600"]);
    try {
      const [line] = (await once(parent.stdout, "data")) as [Buffer];
      const child = Number(line.toString());
      while (readFileSync(`/proc/${parent.pid ?? 0}/comm`, "utf8") !== "sleep\n")
        await new Promise(setImmediate);
      kill(child, "SIGKILL");
      while (!readFileSync(`/proc/${child}/stat`, "utf8").includes(") Z ")) await new Promise(setImmediate);
      resumed(child);
    } finally {
      parent.kill("SIGKILL");
    }
  });
});
