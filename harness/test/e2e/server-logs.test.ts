/**
 * Tests a soak against a real Postgres whose own log is given. The log leads to the verdict of the links, and alone with the function's log it
 * names the holder too.
 */
import { expect } from "chai";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunResult } from "../../src/domain/run-result.ts";
import { startPostgres } from "../support/servers/postgres.ts";
import { skipWithout } from "../support/require-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { run } from "./built-command.ts";

const example = (name: string): string =>
  fileURLToPath(new URL(`../../../examples/postgres/${name}`, import.meta.url));

describeInTestAll("Postgres's own log", function () {
  this.timeout(300_000);
  const folder = temporaryFolder();

  const analyze = async (...given: readonly string[]): Promise<RunResult> => {
    const { out } = await run(["analyze", ...given, "--json"], folder.path());
    return JSON.parse(out) as RunResult;
  };
  const holders = ({ functions }: RunResult): unknown =>
    functions[0]?.findings
      .filter(({ code }) => code === "peer-held" || code === "places-held")
      .map(({ environment, holder }) => ({ environment, holder }));

  it("leads to the verdict of the links, and names the holder without them", async function () {
    const logFile = join(folder.path(), "postgres.log");
    const server = await startPostgres({
      roleLimit: 1,
      settings: ["log_line_prefix=%m [%p] %q%u@%d app=%a "],
      logFile,
    });
    if (server === null) return skipWithout(this, "Postgres", "Postgres is not installed");
    try {
      const out = join(folder.path(), "run");
      const soak = await run(
        [
          ...["soak", "--code", `one=${example("init-connect.mjs")}`, "--link", "DATABASE_URL", "--yes"],
          ...["--env", `DATABASE_URL=${server.url}`, "--peer-log", logFile],
          ...[
            "--platform",
            "typical",
            "--seed",
            "1",
            "--duration",
            "20s",
            "--interval",
            "300ms",
            "--out",
            out,
          ],
        ],
        folder.path(),
      );
      const withLog = await analyze(out);
      const alone = await analyze(
        ...[join(out, "logs", "one.jsonl"), "--function", "one", "--peer-log", logFile],
      );
      expect([soak.code, withLog.functions[0]?.reasons], soak.err).to.deep.equal([1, ["harm"]]);
      expect(readFileSync(join(out, "logs", "peer-one.jsonl"), "utf8")).to.match(/"event":"refused"/);
      rmSync(join(out, "logs", "peer-one.jsonl"));
      const byLinks = await analyze(out);
      const judged = ({ functions: [one] }: RunResult) => [
        one?.verdict,
        one?.reasons,
        one?.harm.total,
        one?.exposure.total,
      ];
      expect(judged(withLog)).to.deep.equal(judged(byLinks));
      expect(holders(byLinks)).to.not.deep.equal([]);
      for (const other of [withLog, alone]) expect(holders(other)).to.deep.equal(holders(byLinks));
    } finally {
      await server.stop();
    }
  });
});
