/**
 * Runs the failure of README.md and its fix in one language (examples/): in a soak, and in the search for the shortest breaking schedule.
 */
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { readCodePackage } from "../../src/adapters/toolchains/code-package.ts";
import { bringClient, usualRuntime } from "../../src/adapters/toolchains/interpreters.ts";
import type { RunResult } from "../../src/result/run-result.ts";
import { java } from "../../src/catalogue/runtimes/java.ts";
import { requireTool } from "../support/require-tool.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { start } from "./built-command.ts";

interface Pair {
  readonly language: "go" | "rust" | "python" | "java";
  readonly tools: readonly (readonly [string, ...string[]])[];
  readonly broken: string;
  readonly fixed: string;
  readonly handler: string | null;
}

export const LANGUAGE_PAIRS: readonly Pair[] = [
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

/** The first build with cold caches took eight minutes on two busy processors. */
const PREPARED_WITHIN_MS = 3_600_000;
export const EXAMPLES = fileURLToPath(new URL("../../../examples/", import.meta.url));

/** Rust is compiled without optimisation, because that takes a third of the time. */
const compiling = { CARGO_PROFILE_RELEASE_OPT_LEVEL: "0" };
const run = (argumentList: readonly string[], cwd: string) =>
  start(argumentList, { cwd, env: compiling }).ended;

/** Fills the caches of compilers and runtime clients. With empty caches this takes minutes, which must not count as the time of a run. */
const prepare = async ({ language, broken, fixed }: Pair): Promise<void> => {
  const environment = { ...env, ...compiling };
  let runtime = usualRuntime(java.local, environment);
  for (const name of language === "java" ? [] : [broken, fixed]) {
    const read = await readCodePackage(join(EXAMPLES, language, name), null, { environment });
    if (!read.ok) throw new Error(`expected ${read.expected}`);
    runtime = read.runtime;
  }
  if (runtime !== null) await bringClient(runtime, environment, () => undefined);
};

/** Returns the source of a function. For Java this is a folder with the compiled classes. */
const codeOf = (pair: Pair, name: string, folder: string): string => {
  const source = join(EXAMPLES, pair.language, name);
  if (pair.language !== "java") return source;
  const classes = join(folder, `classes-${name}`);
  execFileSync("javac", ["-d", classes, join(source, "Sensor.java")], { stdio: "ignore" });
  return classes;
};
const handlerOf = ({ handler }: Pair): readonly string[] => (handler === null ? [] : ["--handler", handler]);

/** Returns the empty folder of each test. Before the tests of the `describe` in which it is called, it makes what the pair needs. */
function preparedFolder(pair: Pair): { path(): string } {
  const folder = temporaryFolder();
  before(async function () {
    this.timeout(PREPARED_WITHIN_MS);
    for (const tool of pair.tools) await requireTool(this, tool);
    await prepare(pair);
  });
  return folder;
}

/** Adds a test to the `describe` in which it is called. */
export function testSoak(pair: Pair): void {
  const folder = preparedFolder(pair);
  it("a soak names the never-invoked environment as the cause, and passes the fix", async () => {
    const broken = codeOf(pair, pair.broken, folder.path());
    const fixed = codeOf(pair, pair.fixed, folder.path());
    const { code, out, err } = await run(
      [
        ...["soak", "--code", `broken=${broken}`, "--code", `fixed=${fixed}`, ...handlerOf(pair)],
        ...["--expect", "broken=fail", "--expect", "fixed=pass", "--memory", "512"],
        ...["--platform", "typical", "--seed", "1", "--duration", "30s", "--out", "run"],
      ],
      folder.path(),
    );
    expect(code, `${out}\n${err}`).to.equal(0);
    const text = readFileSync(join(folder.path(), "run", "result.json"), "utf8");
    const judged = (JSON.parse(text) as RunResult).functions.find(({ name }) => name === "broken");
    const holders = new Set(
      (judged?.findings ?? []).flatMap(({ kind, holder }) =>
        kind === "harm" && holder !== null ? [holder] : [],
      ),
    );
    const silent = (judged?.environments ?? []).filter(({ initWithoutInvoke }) => initWithoutInvoke === true);
    expect(
      silent.filter(({ id }) => holders.has(id)),
      out,
    ).to.not.deep.equal([]);
  });
}

/** Adds a test to the `describe` in which it is called. */
export function testSearch(pair: Pair): void {
  const folder = preparedFolder(pair);
  it("the search finds a breaking schedule of two steps, under which the fix passes", async () => {
    const broken = codeOf(pair, pair.broken, folder.path());
    const search = ["--code", broken, "--depth", "2", "--runs", "0", "--yes"];
    const found = await run(["explore", ...search, ...handlerOf(pair), "--out", "found"], folder.path());
    expect(found.code, `${found.out}\n${found.err}`).to.equal(1);
    expect(found.out).to.match(/It never handled an invocation \(INIT\s+WITHOUT INVOKE\)/);
    const schedule = join("found", "schedule.json");
    const fixed = ["--code", codeOf(pair, pair.fixed, folder.path()), ...handlerOf(pair)];
    const played = await run(["replay", schedule, ...fixed], folder.path());
    expect(played.code, `${played.out}\n${played.err}`).to.equal(0);
  });
}
