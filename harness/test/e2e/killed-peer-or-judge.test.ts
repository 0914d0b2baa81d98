/** Like killed.test.ts, tests what SIGKILL causes. These tests look at no list of processes, so this file need not run alone. */
import { expect } from "chai";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { run, start } from "./built-command.ts";
import { itInTestAll, itOnce } from "../support/test-all.ts";

describe("after SIGKILL", function () {
  this.timeout(600_000);
  const folder = temporaryFolder();

  itOnce("the peer's connections are closed", async () => {
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

  itInTestAll("--resume makes the report of a run that was killed while it was judged", async () => {
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
