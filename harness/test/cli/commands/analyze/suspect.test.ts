/** `longrun analyze` of logs alone says first who is suspected, and which command would decide it. */
import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunResult } from "../../../../src/result/run-result.ts";
import { PlainLog } from "../../../support/plain-log.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { longrun } from "../../memory-machine.ts";

describe("longrun analyze of a log with an environment that was never invoked before 30 refused connections", () => {
  const folder = temporaryFolder();

  const analyze = async (...flags: readonly string[]): Promise<string> => {
    const log = new PlainLog().init("a", 0).init("b", 20);
    for (let n = 0; n < 30; n += 1) log.invoke("b", 21 + n * 10, "connect ECONNREFUSED 10.0.3.17:5020");
    writeFileSync(join(folder.path(), "a week.json"), JSON.stringify({ events: log.records }));
    const { out } = await longrun(["analyze", "a week.json", "--settle", "0s", ...flags], {
      workingFolder: folder.path(),
      columns: 80,
    });
    return out;
  };

  it("begins with the suspect, then says what fits as well and has the command that decides it in one line", async () => {
    const lines = (await analyze()).split("\n");
    expect(lines.slice(0, 11)).to.deep.equal([
      "fn is inconclusive; possible suspect: E1 (…aaaaaaaa).",
      "",
      "fn  INCONCLUSIVE",
      "  Suspect (possible): environment E1 (…aaaaaaaa), initialised at 00:00.0",
      "  (20:19:20.000 UTC) and not invoked up to the end of the evidence. All 30",
      "  failures follow its Init; the first of them says that the connection was",
      "  refused. Nothing shows that it had a connection then. The machine may also",
      "  have been down, because nothing listened. The machine's own log decides it",
      "  (--peer-log).",
      "    longrun analyze 'a week.json' --settle 0s --peer-log FILE",
      "  An invocation failed and nothing in the evidence explains it.",
    ]);
  });

  for (const flags of [["--format", "markdown"], ["--format=html"], ["--format", "junit"]])
    it(`has both once in ${flags.join(" ")}, before the other unknowns`, async () => {
      const text = (await analyze(...flags)).split(`id="result"`)[0]?.replace(/&#39;|&apos;/g, "'") ?? "";
      const [suspect, command, unknown] = [
        "Suspect (possible)",
        "longrun analyze 'a week.json'",
        "It is not known",
      ];
      expect([suspect, command, unknown].map((one) => text.includes(one))).to.deep.equal([true, true, true]);
      expect(text.indexOf(suspect)).to.be.lessThan(text.indexOf(command));
      expect(text.indexOf(command)).to.be.lessThan(text.indexOf(unknown));
    });

  it("gives the command for a script too, without the form of the output", async () => {
    const { command, functions } = JSON.parse(await analyze("--json", "--idle-life", "1h")) as RunResult;
    expect(command).to.equal("longrun analyze 'a week.json' --settle 0s --idle-life 1h");
    const unknown = functions[0]?.findings.find(({ code }) => code === "harm-unknown");
    expect(unknown?.parameters).to.deep.equal({
      invocations: 30,
      why: { code: "connection-failed", parameters: { error: "nothing-listened" } },
    });
  });
});
