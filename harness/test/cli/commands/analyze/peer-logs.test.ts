/** `longrun analyze --peer-log NAME=FILE`: the logs of several peers of one function. */
import { expect } from "chai";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunResult } from "../../../../src/result/run-result.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { EXAMPLE } from "../../../adapters/log-formats/example.ts";
import { longrun } from "../../memory-machine.ts";

describe("longrun analyze with the logs of several peers", () => {
  const folder = temporaryFolder();
  const gateway = join(EXAMPLE, "gateway.jsonl");

  const analyze = async (...flags: readonly string[]): Promise<RunResult> => {
    const { out, err } = await longrun(["analyze", join(EXAMPLE, "events.json"), ...flags, "--json"], {
      workingFolder: folder.path(),
    });
    if (out === "") throw new Error(err);
    return JSON.parse(out) as RunResult;
  };

  it("says that a peer's log is empty, in the result and in every format of the report", async () => {
    const empty = join(folder.path(), "empty.jsonl");
    writeFileSync(empty, "");
    const { notices = [] } = await analyze("--peer-log", empty);
    expect(notices.join("\n")).to.include("empty.jsonl").and.include("this log of the peer is empty");
    for (const format of ["text", "markdown", "html"]) {
      const args = ["analyze", join(EXAMPLE, "events.json"), "--peer-log", empty, "--format", format];
      const { out } = await longrun(args, { workingFolder: folder.path() });
      expect(out.replace(/\s+/g, " "), format).to.include("this log of the peer is empty");
    }
    expect((await analyze("--peer-log", gateway)).notices).to.equal(undefined);
  });

  it("judges each peer by its own log and with its own capacity", async () => {
    // The log of a server that started and got no connection.
    const idle = join(folder.path(), "idle.jsonl");
    const [ready = ""] = readFileSync(gateway, "utf8").split("\n");
    writeFileSync(idle, `${ready}\n`);
    const { functions } = await analyze(
      ...["--peer-log", `plc=${gateway}`, "--peer-log", `db=${idle}`, "--capacity", "db=5"],
    );
    const [only] = functions;
    expect([only?.verdict, only?.reasons]).to.deep.equal(["fail", ["harm"]]);
    expect(
      only?.peers?.map(({ name, address, verdict, harm, capacity, peakPlaces }) => [
        ...[name, address, verdict, harm > 0, capacity, peakPlaces],
      ]),
    ).to.deep.equal([
      ["plc", null, "fail", true, 1, 1],
      ["db", null, "inconclusive", false, 5, null],
    ]);
    const [window] = only?.harm.windows ?? [];
    expect(window?.peer).to.equal("plc");
  });

  it("accepts the function's name instead of the name of its only peer", async () => {
    const { functions } = await analyze("--peer-log", `gateway-client=${gateway}`);
    const { functions: nameless } = await analyze("--peer-log", gateway);
    expect(functions).to.deep.equal(nameless);
    expect(functions[0]?.peers).to.equal(undefined);
  });
});
