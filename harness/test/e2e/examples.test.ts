/**
 * The failure and its fix in each language (examples/), as their author would try them: one soak of every pair whose toolchain is here, then
 * the search for the shortest schedule.
 */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunResult } from "../../src/domain/run-result.ts";
import { toolRuns } from "../support/require-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { run } from "./built-command.ts";

interface Pair {
  readonly language: string;
  readonly tool: readonly [string, ...string[]];
  readonly broken: string;
  readonly fixed: string;
}

const PAIRS: readonly Pair[] = [
  { language: "go", tool: ["go", "version"], broken: "init-connect", fixed: "handler-connect" },
  {
    language: "python",
    tool: ["python3", "-m", "pip", "--version"],
    broken: "init_connect.py",
    fixed: "handler_connect.py",
  },
];

const example = (pair: Pair, name: string): string =>
  fileURLToPath(new URL(`../../../examples/${pair.language}/${name}`, import.meta.url));

describeInTestAll("the failure in its own language", function () {
  this.timeout(900_000);
  const folder = temporaryFolder();
  const here: Pair[] = [];

  before(async function () {
    for (const pair of PAIRS) {
      if (await toolRuns(pair.tool)) here.push(pair);
      else if (process.env["LONGRUN_REQUIRE_TOOLS"] === "1")
        throw new Error(`${pair.tool.join(" ")} does not run here`);
      else process.stdout.write(`      skipped: ${pair.tool.join(" ")} does not run here\n`);
    }
    if (here.length === 0) this.skip();
  });

  it("fails with a named environment that was never invoked, and its fix passes", async () => {
    const { code, out, err } = await run(
      [
        "soak",
        ...here.flatMap((pair) => [
          ...["--code", `${pair.language}-broken=${example(pair, pair.broken)}`],
          ...["--expect", `${pair.language}-broken=fail`],
          ...["--code", `${pair.language}-fixed=${example(pair, pair.fixed)}`],
          ...["--expect", `${pair.language}-fixed=pass`],
        ]),
        ...["--platform", "typical", "--seed", "1", "--duration", "30s", "--memory", "512", "--out", "run"],
      ],
      folder.path(),
    );
    expect(code, `${out}\n${err}`).to.equal(0);
    const { functions } = JSON.parse(
      readFileSync(join(folder.path(), "run", "result.json"), "utf8"),
    ) as RunResult;
    for (const { language } of here) {
      const broken = functions.find(({ name }) => name === `${language}-broken`);
      const holders = new Set(
        (broken?.findings ?? []).flatMap(({ kind, holder }) =>
          kind === "harm" && holder !== null ? [holder] : [],
        ),
      );
      const silent = (broken?.environments ?? []).filter(
        ({ initWithoutInvoke }) => initWithoutInvoke === true,
      );
      expect(
        silent.filter(({ id }) => holders.has(id)),
        `${language}: ${out}`,
      ).to.not.deep.equal([]);
    }
  });

  it("is found by the search within two steps", async () => {
    for (const pair of here) {
      const { code, out, err } = await run(
        [
          ...["explore", "--code", example(pair, pair.broken), "--depth", "2", "--runs", "0", "--yes"],
          ...["--out", `explore-${pair.language}`],
        ],
        folder.path(),
      );
      expect(code, `${pair.language}: ${out}\n${err}`).to.equal(1);
      expect(out).to.match(/It never handled an invocation \(INIT\s+WITHOUT INVOKE\)/);
    }
  });
});
