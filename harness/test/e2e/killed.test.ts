/** These tests look at lists of processes, so `make test` runs this file alone (scripts/run-tests.ts). */
import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunResult } from "../../src/result/run-result.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { allGone, descendants, start, type Started } from "./built-command.ts";

/** Resolves with the descendants of a command when there are at least `count`. */
async function processesBelow({ child }: Started, count: number): Promise<readonly number[]> {
  for (;;) {
    const below = descendants(child.pid ?? 0);
    if (below.length >= count) return below;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Returns the engine of a soak, which is the `serve` process among the soak's descendants. */
function engineAmong(processes: readonly number[]): number | null {
  const named = processes.find((id) => {
    try {
      return readFileSync(`/proc/${id}/cmdline`, "utf8").split("\0").includes("serve");
    } catch {
      return false;
    }
  });
  return named ?? null;
}

describe("after SIGKILL", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();

  it("explore leaves no process running", async () => {
    const flags = ["--function", "handler-connect", "--depth", "3", "--out", "search"];
    const explore = start(["explore", ...flags], { cwd: folder.path() });
    await explore.errMatches(/played/);
    const below = await processesBelow(explore, 1);
    explore.child.kill("SIGKILL");
    expect((await explore.ended).signal).to.equal("SIGKILL");
    await allGone(below);
  });

  it("an engine leaves no environment running and no temporary file, and its soak exits with 69 and a report of what the soak saw", async function () {
    if (process.platform !== "linux") this.skip();
    const flags = ["--function", "handler-connect", "--platform", "calm", "--interval", "200ms"];
    const temporary = folder.with("temporary", { "not-ours": "" });
    const soak = start(["soak", ...flags, "--duration", "60s", "--out", "run"], {
      cwd: folder.path(),
      env: { TMPDIR: temporary },
    });
    await soak.errMatches(/0:\d\d\/1:00/);
    const below = await processesBelow(soak, 2);
    const engine = engineAmong(below);
    expect(engine).to.be.a("number");
    expect(readdirSync(temporary), "the engine has temporary files").to.have.length.above(1);
    process.kill(engine ?? 0, "SIGKILL");
    const { code, err } = await soak.ended;
    expect(code, err).to.equal(69);
    expect(err).to.include("The local engine ended in the middle of the run.");
    await allGone(below);
    expect(readdirSync(temporary)).to.deep.equal(["not-ours"]);
    const result = JSON.parse(readFileSync(join(folder.path(), "run", "result.json"), "utf8")) as RunResult;
    expect(result.functions.map(({ verdict }) => verdict)).to.deep.equal(["inconclusive"]);
  });
});
