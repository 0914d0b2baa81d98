/** `longrun analyze --peer-log-pattern` names the holder from a machine's plain-text log. */
import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RunResult } from "../../../../src/result/run-result.ts";
import { PlainLog } from "../../../support/plain-log.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";
import { longrun } from "../../memory-machine.ts";

const PATTERN =
  "^(?<time>\\S+) \\[(?<connection>\\d+)\\] (?:(?<event>CONNECTED) (?<client>\\S+)|(?<refused>slot taken) (?<client2>\\S+))";

describe("longrun analyze of a log beside the plain-text log of its machine", () => {
  const folder = temporaryFolder();

  async function analyze(...flags: readonly string[]) {
    const log = new PlainLog().init("a", 0).init("b", 20);
    for (let n = 0; n < 3; n += 1) log.invoke("b", 21 + n * 10, "connect ECONNRESET 10.0.3.17:5020");
    writeFileSync(join(folder.path(), "events.json"), JSON.stringify({ events: log.records }));
    const held = `2026-11-20T20:19:20.500Z [1] CONNECTED ${stream("a")}`;
    const lines = [0, 1, 2].map(
      (n) =>
        `${new Date(Date.parse("2026-11-20T20:19:41.050Z") + n * 10_000).toISOString()} [${n + 2}] slot taken ${stream("b")}`,
    );
    writeFileSync(join(folder.path(), "plc.log"), [held, "firmware 3", ...lines, ""].join("\n"));
    return longrun(["analyze", "events.json", "--settle", "0s", ...flags], { workingFolder: folder.path() });
  }

  const stream = (letter: string): string => `2026/11/20/[$LATEST]${letter.repeat(32)}`;

  it("names the holder", async () => {
    const patterns = [
      "^(?<time>\\S+) \\[(?<connection>\\d+)\\] (?<event>CONNECTED) (?<client>\\S+)",
      "^(?<time>\\S+) \\[(?<connection>\\d+)\\] (?<refused>slot taken) (?<client>\\S+)",
    ].flatMap((one) => ["--peer-log-pattern", one]);
    const { out } = await analyze("--peer-log", "plc.log", ...patterns, "--json");
    const found = (JSON.parse(out) as RunResult).functions[0]?.findings.find(
      ({ code }) => code === "peer-held",
    );
    expect(found?.parameters).to.include({ invocations: 3, holder: stream("a") });
  });

  it("refuses a pattern with a group that it does not know", async () => {
    const { err } = await analyze("--peer-log", "plc.log", "--peer-log-pattern", PATTERN);
    expect(err).to.include("not client2");
  });
});
