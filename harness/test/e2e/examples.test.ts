/**
 * Runs the failure and its fix in each language (examples/), as their author would: for every language whose toolchain is installed, one
 * soak of the failure and the fix, then the search for the shortest breaking schedule.
 */
import { expect } from "chai";
import { execFileSync } from "node:child_process";
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
  readonly tools: readonly (readonly [string, ...string[]])[];
  readonly broken: string;
  readonly fixed: string;
  readonly handler: string | null;
}

/** Java's search is left out: two Inits of Java for each schedule take minutes. */
const PAIRS: readonly (Pair & { readonly searched: boolean })[] = [
  {
    language: "go",
    tools: [["go", "version"]],
    broken: "init-connect",
    fixed: "handler-connect",
    handler: null,
    searched: true,
  },
  {
    language: "python",
    tools: [["python3", "-m", "pip", "--version"]],
    broken: "init_connect.py",
    fixed: "handler_connect.py",
    handler: null,
    searched: true,
  },
  {
    language: "java",
    tools: [
      ["javac", "-version"],
      ["mvn", "--version"],
    ],
    broken: "init-connect",
    fixed: "handler-connect",
    handler: "Sensor::handle",
    searched: false,
  },
];

describeInTestAll("the published failure in each language", function () {
  this.timeout(900_000);
  const folder = temporaryFolder();

  /** Returns the source of a function. For Java this is a folder with the compiled classes. */
  const codeOf = (pair: Pair, name: string): string => {
    const source = fileURLToPath(new URL(`../../../examples/${pair.language}/${name}`, import.meta.url));
    if (pair.language !== "java") return source;
    const classes = join(folder.path(), `classes-${name}`);
    execFileSync("javac", ["-d", classes, join(source, "Sensor.java")], { stdio: "ignore" });
    return classes;
  };
  const handlerOf = ({ handler }: Pair): readonly string[] =>
    handler === null ? [] : ["--handler", handler];

  for (const pair of PAIRS)
    describe(`in ${pair.language}`, () => {
      before(async function () {
        for (const tool of pair.tools) {
          if (await toolRuns(tool)) continue;
          const missing = `${tool.join(" ")} does not run here`;
          if (process.env["LONGRUN_REQUIRE_TOOLS"] === "1") throw new Error(missing);
          process.stdout.write(`      skipped: ${missing}\n`);
          this.skip();
        }
      });

      it("the failure fails and names the environment that was never invoked, and the fix passes", async () => {
        const { code, out, err } = await run(
          [
            ...["soak", "--code", `broken=${codeOf(pair, pair.broken)}`, "--expect", "broken=fail"],
            ...["--code", `fixed=${codeOf(pair, pair.fixed)}`, "--expect", "fixed=pass", ...handlerOf(pair)],
            ...[
              "--platform",
              "typical",
              "--seed",
              "1",
              "--duration",
              "20s",
              "--memory",
              "512",
              "--out",
              "run",
            ],
          ],
          folder.path(),
        );
        expect(code, `${out}\n${err}`).to.equal(0);
        const text = readFileSync(join(folder.path(), "run", "result.json"), "utf8");
        const broken = (JSON.parse(text) as RunResult).functions.find(({ name }) => name === "broken");
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
          out,
        ).to.not.deep.equal([]);
      });

      if (!pair.searched) return;
      it("the search finds a breaking schedule of at most two steps", async () => {
        const { code, out, err } = await run(
          [
            ...["explore", "--code", codeOf(pair, pair.broken), ...handlerOf(pair)],
            ...["--depth", "2", "--runs", "0", "--yes", "--out", "explore"],
          ],
          folder.path(),
        );
        expect(code, `${out}\n${err}`).to.equal(1);
        expect(out).to.match(/It never handled an invocation \(INIT\s+WITHOUT INVOKE\)/);
      });
    });
});
