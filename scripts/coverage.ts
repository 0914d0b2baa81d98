/**
 * Names the tests that call the functions of a source file, and the functions that none of them calls.
 *   npm run coverage -- FILE [--all]
 * It runs the tests that import the file, the nearest first: at most `NEAREST`, with `--all` every one. What a test calls is kept until the test or
 * a file that it imports changes. Processes that a test starts (functions, the built command) are not seen.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative, resolve } from "node:path";
import { argv, cwd, exit, stderr, stdout } from "node:process";
import { testsThatImport } from "./coverage/import-graph.ts";
import { namedFunctions } from "./coverage/named-functions.ts";
import { coverageText } from "./coverage/coverage-text.ts";
import { recordedCalls } from "./coverage/recorded-calls.ts";

const NEAREST = 12;
const FOLDERS = ["functions/test", "harness/test"];
/** They need a browser, an account or hours. */
const ELSEWHERE = /^harness\/test\/(browser|infra\/apply|package|nightly)\//;

const given = argv.slice(2).filter((one) => one !== "--all");
const file = relative(cwd(), resolve(given[0] ?? ""));
if (given.length !== 1 || !/^(?:harness|functions|scripts)\/.*\.ts$/.test(file) || !existsSync(file)) {
  stderr.write(
    "usage: npm run coverage -- FILE [--all]\nFILE: a source file of harness, functions or scripts\n",
  );
  exit(64);
}

const begun = performance.now();
const tests = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".test.ts"))
    .map((name) => join(folder, name)),
).filter((name) => !ELSEWHERE.test(name));
const importers = await testsThatImport(file, tests);
const tried = importers.slice(0, argv.includes("--all") ? importers.length : NEAREST);
const { recorded, failed } = await recordedCalls(tried, availableParallelism());
for (const output of failed) stderr.write(output);
stdout.write(
  coverageText({
    file,
    functions: namedFunctions(readFileSync(file, "utf8")),
    tried,
    importers: importers.length,
    recorded,
    seconds: Math.round((performance.now() - begun) / 1000),
  }),
);
