/**
 * Runs the failure of README.md and its fix in each language (examples/). For every language whose toolchain is installed: one soak of the
 * failure and the fix, then the search for the shortest breaking schedule, then the fix under that schedule.
 */
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RunResult } from "../../src/domain/run-result.ts";
import { requireTool } from "../support/require-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { describeInTestAll } from "../support/test-all.ts";
import { start } from "./built-command.ts";

interface Pair {
  readonly language: string;
  readonly tools: readonly (readonly [string, ...string[]])[];
  readonly broken: string;
  readonly fixed: string;
  readonly handler: string | null;
}

const PAIRS: readonly Pair[] = [
  {
    language: "go",
    tools: [["go", "version"]],
    broken: "init-connect",
    fixed: "handler-connect",
    handler: null,
  },
  {
    language: "rust",
    tools: [["cargo", "--version"]],
    broken: "init-connect",
    fixed: "handler-connect",
    handler: null,
  },
  {
    language: "python",
    tools: [["python3", "-m", "pip", "--version"]],
    broken: "init_connect.py",
    fixed: "handler_connect.py",
    handler: null,
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
  },
];

const EXAMPLES = fileURLToPath(new URL("../../../examples/", import.meta.url));

describe("the source of the failure and of its fix", () => {
  for (const file of [
    ...["go/init-connect/main.go", "go/handler-connect/main.go"],
    ...["rust/init-connect/src/main.rs", "rust/handler-connect/src/main.rs"],
    ...["python/init_connect.py", "python/handler_connect.py"],
    ...["java/init-connect/Sensor.java", "java/handler-connect/Sensor.java"],
  ])
    it(`has fewer than 60 lines and does not use longrun: ${file}`, () => {
      const text = readFileSync(join(EXAMPLES, file), "utf8");
      expect(text.split("\n").length - 1).to.be.lessThan(60);
      expect(text).not.to.match(/longrun/);
    });
});

describeInTestAll("the failure and its fix in each language", function () {
  this.timeout(900_000);
  const folder = temporaryFolder();

  /** Runs longrun. Rust is compiled without optimisation, because that takes a third of the time. */
  const run = (argumentList: readonly string[], cwd: string) =>
    start(argumentList, { cwd, env: { CARGO_PROFILE_RELEASE_OPT_LEVEL: "0" } }).ended;

  /** Returns the source of a function. For Java this is a folder with the compiled classes. */
  const codeOf = (pair: Pair, name: string): string => {
    const source = join(EXAMPLES, pair.language, name);
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
        for (const tool of pair.tools) await requireTool(this, tool);
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

      it("the search finds a breaking schedule of two steps, under which the fix passes", async () => {
        const search = ["--code", codeOf(pair, pair.broken), "--depth", "2", "--runs", "0", "--yes"];
        const found = await run(["explore", ...search, ...handlerOf(pair), "--out", "found"], folder.path());
        expect(found.code, `${found.out}\n${found.err}`).to.equal(1);
        expect(found.out).to.match(/It never handled an invocation \(INIT\s+WITHOUT INVOKE\)/);
        const schedule = join("found", "schedule.json");
        const fixed = ["--code", codeOf(pair, pair.fixed), ...handlerOf(pair)];
        const played = await run(["replay", schedule, ...fixed], folder.path());
        expect(played.code, `${played.out}\n${played.err}`).to.equal(0);
      });
    });
});
