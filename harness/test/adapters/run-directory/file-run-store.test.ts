/** A run directory begins with all that a resumed run reads, and has one writer at a time. */
import { expect } from "chai";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { platform } from "node:os";
import { join } from "node:path";
import { kill } from "node:process";
import { beginRun, openFileRunStore } from "../../../src/adapters/run-directory/file-run-store.ts";
import type { Plan } from "../../../src/record/plan-file.ts";
import { manifestOf } from "../../support/manifest-fixture.ts";
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

describe("the beginning of a run directory", () => {
  const folder = temporaryFolder();
  const run = (): string => join(folder.path(), "run");
  const has = (name: string): boolean => existsSync(join(run(), name));
  const plan: Plan = {
    schemaVersion: 1,
    profile: "hostile",
    seed: 5,
    durationMs: 1_000,
    intervalMs: 1_000,
    placement: "most-recent",
    entries: [],
  };
  const endless: Record<string, unknown> = {};
  endless["self"] = endless;
  const unwritable = manifestOf({ settings: endless });

  it("has the plan and the manifest", () => {
    beginRun(run(), { plan, manifest: manifestOf() }, {}).close();
    const written = ["plan.json", "manifest.json"].map(
      (name) => JSON.parse(readFileSync(join(run(), name), "utf8")) as unknown,
    );
    expect(written).to.deep.equal([plan, manifestOf()]);
  });

  it("leaves nothing if it cannot be written", () => {
    expect(() => beginRun(run(), { plan, manifest: unwritable }, {})).to.throw(TypeError);
    expect(has("")).to.equal(false);
  });

  it("is not removed if a run is resumed, and the plan is written before the manifest", () => {
    expect(() => beginRun(run(), { plan, manifest: unwritable }, { resume: true })).to.throw(TypeError);
    expect([has("plan.json"), has("manifest.json"), has(".owner")]).to.deep.equal([true, false, false]);
  });
});
