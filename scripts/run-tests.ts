/**
 * The tests of `make test` and `make test-all`, in groups of files with one mocha process each, from bundles (bundle-tests.ts). mocha is
 * never forced to end, so a leaked socket or timer makes it hang and is found. Tests that look at process lists run alone, after all other
 * tests.
 *   node --import tsx scripts/run-tests.ts [all | rest | fuzz]
 * `all` adds the slow tests, which take many seconds or much processor time, and runs every case of the property tests
 * (harness/test/support/test-all.ts).
 * `rest` is for use directly after `make test`. It runs only the files in which `all` does more than `make test`, and only those cases of
 * the property tests that `make test` left out. `fuzz` runs harness/test/fuzz, which is left out otherwise; LONGRUN_FUZZ_ONLY names one of
 * the fuzz targets.
 */
import { spawn } from "node:child_process";
import { appendFileSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { argv, env, execPath, exit, stderr, stdout } from "node:process";
import settings from "../.mocharc.json" with { type: "json" };
import { bundledPath, bundleTests, removeBundles } from "./bundle-tests.ts";

/**
 * Options that save processor time: with this much room for new objects, the property tests need an eighth less. In a program that runs for
 * seconds, V8 spends much of the time on optimising the code. If V8 inlines no functions, it spends less on that, and the whole program
 * needs a quarter less.
 */
const V8 = ["--max-semi-space-size=64", "--max-inlined-bytecode-size-cumulative=0"];
/** mocha's own command would start a second process, only to give it `node-option` of .mocharc.json. So node gets its options here. */
const MOCHA = [
  ...["--enable-source-maps", ...V8, "node_modules/mocha/lib/cli/cli.js", "--no-config"],
  ...settings.require.flatMap((file) => ["--require", bundledPath(file)]),
  ...["--reporter", settings.reporter],
  ...["--timeout", String(settings.timeout), "--slow", String(settings.slow)],
];
const FOLDERS = ["functions/test", "harness/test"];
/** Suites with separate commands in package.json, which `.ci/run` calls. */
const ELSEWHERE = /^harness\/test\/(browser|fuzz|infra\/apply|package|nightly)\//;
const FUZZ = /^harness\/test\/fuzz\//;
const ALONE = ["harness/test/engine/process/running/running-list.test.ts", "harness/test/e2e/killed.test.ts"];
/**
 * How many files a group has: so many that the start of mocha (more than a second) does not matter, and so few that all workers end at
 * about the same time. `long` is for the first `LONG` folders of `FIRST`. `stories` is for these folders with `all`, and for every folder
 * with `rest`. `most` is for all other folders.
 */
const GROUP_FILES = { most: 30, long: 7, stories: 3 };
/** Folders whose tests wait for real processes, or have many random cases, come first, so that the last groups are short. */
const FIRST = ["e2e", "engine", "adapters", "conformance", "infra", "evidence", "designs", "analysis"];
/** How many folders at the beginning of `FIRST` have small groups. */
const LONG = 3;

interface TestCounts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const rest = argv[2] === "rest";
const all = argv[2] === "all" || rest;
const fuzz = argv[2] === "fuzz";
/**
 * Tests often wait for a process or for the time of a soak, so there is one worker more than processors. The tests of `fuzz` never wait, so
 * they have only one worker for each processor.
 */
const WORKERS = availableParallelism() + (fuzz ? 0 : 1);
if (argv.length > 3 || (argv[2] !== undefined && !all && !fuzz)) {
  stderr.write("usage: node --import tsx scripts/run-tests.ts [all | rest | fuzz]\n");
  exit(64);
}
if (fuzz) checkFuzzSettings();

/** A mistake in CASES, SEED or ONLY must not look like tests that pass. */
function checkFuzzSettings(): void {
  const refuse = (name: string, value: string, expected: string): never => {
    stderr.write(`${name}=${value}: expected ${expected}\n`);
    return exit(64);
  };
  const { LONGRUN_FUZZ_CASES: cases = "500", LONGRUN_FUZZ_SEED: seed = "1", LONGRUN_FUZZ_ONLY: only } = env;
  if (!/^[1-9]\d{0,6}$/.test(cases)) refuse("CASES", cases, "a whole number from 1 to 9999999");
  if (!/^\d{1,9}$/.test(seed)) refuse("SEED", seed, "a whole number from 0 to 999999999");
  if (only === undefined) return;
  // A target such as `peer-${admission}` stands for several.
  const names = testFiles().flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(/^ *fuzz\(["`]([^"`]+)["`]/gm)].map(([, name = ""]) => name),
  );
  const patterns = names.map((name) => name.replaceAll(/\$\{\w+\}/g, "[a-z]+"));
  if (patterns.some((pattern) => new RegExp(`^${pattern}$`).test(only))) return;
  refuse("ONLY", only, `one of ${patterns.sort().join(", ").replaceAll("[a-z]+", "…")}`);
}

function testFiles(): readonly string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".test.ts"))
      .map((name) => join(folder, name)),
  )
    .filter((file) => (fuzz ? FUZZ.test(file) : !ELSEWHERE.test(file) && !ALONE.includes(file)))
    .filter((file) => !rest || readFileSync(file, "utf8").includes("/support/test-all.ts"))
    .sort();
}

/** The first folder below harness/test: `harness/test/engine/link/link.test.ts` belongs to `engine`. */
function folderOf(file: string): string {
  return file.startsWith("harness/test/") ? (file.split("/")[2] ?? "") : "functions";
}

function rank(folder: string): number {
  const at = FIRST.indexOf(folder);
  return at === -1 ? FIRST.length : at;
}

/** With `rest`, every file has slow tests or many random cases, so all groups are small. */
function groupSize(isLong: boolean): number {
  if (fuzz) return 1;
  if (rest || (all && isLong)) return GROUP_FILES.stories;
  return isLong ? GROUP_FILES.long : GROUP_FILES.most;
}

function groups(files: readonly string[]): readonly (readonly string[])[] {
  const ranked = [...files].sort((a, b) => rank(folderOf(a)) - rank(folderOf(b)));
  const made: string[][] = [];
  for (const file of ranked) {
    const last = made.at(-1);
    const size = groupSize(rank(folderOf(file)) < LONG);
    if (last === undefined || last.length >= size) made.push([file]);
    else last.push(file);
  }
  return made;
}

function runGroup(files: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  return new Promise((resolve) => {
    const only = fuzz ? env["LONGRUN_FUZZ_ONLY"] : undefined;
    const grep = only === undefined ? [] : ["--grep", `^fuzz ${only} `];
    const child = spawn(execPath, [...MOCHA, ...grep, ...files.map(bundledPath)], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...env, ...(all ? { LONGRUN_TEST_ALL: rest ? "rest" : "1" } : {}) },
    });
    const pieces: Buffer[] = [];
    child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
    child.stderr.on("data", (piece: Buffer) => pieces.push(piece));
    child.once("close", (code) =>
      resolve({ code: code ?? 1, output: Buffer.concat(pieces).toString("utf8") }),
    );
  });
}

const COUNTS = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/m;

/** A group that ended without its closing line (scripts/mocha-reporter.ts) counts as one failure. */
function counts(output: string, code: number): TestCounts {
  const [, passed, failed, skipped] = COUNTS.exec(output) ?? [];
  if (passed === undefined) {
    const list = env["LONGRUN_FAILURES"];
    const last = output.trimEnd().split("\n").slice(-15).join("\n    ");
    if (list !== undefined) appendFileSync(list, `mocha ended early, with exit code ${code}\n    ${last}\n`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const failures = Number(failed);
  return {
    passed: Number(passed),
    failed: code !== 0 && failures === 0 ? 1 : failures,
    skipped: Number(skipped ?? 0),
  };
}

const total = { passed: 0, failed: 0, skipped: 0 };

async function runAll(waiting: (readonly string[])[], workers: number): Promise<void> {
  const work = async (): Promise<void> => {
    for (let files = waiting.shift(); files !== undefined; files = waiting.shift()) {
      const { code, output } = await runGroup(files);
      const found = counts(output, code);
      total.passed += found.passed;
      total.failed += found.failed;
      total.skipped += found.skipped;
      // The line with the counts is printed once, for all groups together.
      stdout.write(output.replace(COUNTS, ""));
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
}

const begun = performance.now();
const files = testFiles();
await bundleTests([...files, ...ALONE, ...settings.require]);
await runAll([...groups(files)], WORKERS);
if (!rest && !fuzz) await runAll([ALONE], 1);
removeBundles();
const seconds = Math.round((performance.now() - begun) / 1000);
stdout.write(
  all || fuzz
    ? `\nmake ${fuzz ? "fuzz" : "test-all"}: ${seconds} s\n`
    : `\nmake test: ${seconds} s. Only make test-all runs: Terraform's suites, the long stories, all real servers (Postgres, MariaDB, Redis, sshd, MQTT, Modbus), nine of ten random cases.\n`,
);
stdout.write(
  `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}\n`,
);
exit(total.failed > 0 ? 1 : 0);
