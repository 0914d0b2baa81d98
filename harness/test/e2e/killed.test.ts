import { expect } from "chai";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import type { RunResult } from "../../src/domain/run-result.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { allGone, descendants, run, start, type Started } from "./built-command.ts";

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

  it("the peer's connections are closed", async () => {
    const peer = start(["peer", "--port", "0", "--json"], { cwd: folder.path() });
    const [line = ""] = (await peer.outMatches(/\n/)).split("\n");
    const { port } = JSON.parse(line) as { readonly port: number };
    const client = connect(port, "127.0.0.1");
    client.on("error", () => undefined);
    await once(client, "connect");
    const closed = new Promise((resolve) => client.once("close", resolve));
    peer.child.kill("SIGKILL");
    await closed;
    expect((await peer.ended).signal).to.equal("SIGKILL");
  });

  it("the engine's environments end, and the soak exits with 69 and a report of what it saw", async function () {
    if (process.platform !== "linux") this.skip();
    const flags = ["--function", "handler-connect", "--platform", "calm", "--interval", "200ms"];
    const soak = start(["soak", ...flags, "--duration", "60s", "--out", "run"], { cwd: folder.path() });
    await soak.errMatches(/0:\d\d\/1:00/);
    const below = await processesBelow(soak, 2);
    const engine = engineAmong(below);
    expect(engine).to.be.a("number");
    process.kill(engine ?? 0, "SIGKILL");
    const { code, err } = await soak.ended;
    expect(code, err).to.equal(69);
    expect(err).to.include("The local engine ended in the middle of the run.");
    await allGone(below);
    const result = JSON.parse(readFileSync(join(folder.path(), "run", "result.json"), "utf8")) as RunResult;
    expect(result.functions.map(({ verdict }) => verdict)).to.deep.equal(["inconclusive"]);
  });

  it("--resume makes the report of a run that was killed while it was judged", async () => {
    const flags = "--function handler-connect --platform calm --interval 200ms --duration 1s --out run";
    expect((await run(["soak", ...flags.split(" ")], folder.path())).code).to.equal(2);
    const path = join(folder.path(), "run");
    const result = readFileSync(join(path, "result.json"), "utf8");
    rmSync(join(path, "result.json"));
    // A killed process leaves the file that names the run's owner.
    writeFileSync(join(path, ".owner"), "1000000000");
    const { code, err } = await run(["soak", "--resume", "run"], folder.path());
    expect(code, err).to.equal(2);
    expect(readFileSync(join(path, "result.json"), "utf8")).to.equal(result);
    expect(readdirSync(path)).to.not.include(".owner");
  });
});
