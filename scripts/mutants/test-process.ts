/**
 * Runs tests again and again in one process, each time with another mutant. Its arguments are the mutant that is tried while the files are
 * loaded (0 for none), how many bundled files are loaded first, as mocha's `--require` does, and the bundled files. The parent sends
 * `RunTests` (messages.ts).
 */
import fc from "fast-check";
import mocha, { type Runner, type Suite, type Test } from "mocha";
import { resolve } from "node:path";
import process, { argv } from "node:process";
import { pathToFileURL } from "node:url";
import type { RunTests, TestMessage } from "./messages.ts";

const [, , first = "0", required = "0", ...files] = argv;
let active = Number(first);
const asked = new Set<number>();
const say = (message: TestMessage): void => void process.send?.(message);

Object.assign(globalThis, {
  longrunMutant(number: number): boolean {
    asked.add(number);
    return number === active;
  },
});

const silent = class {};
const runner = new mocha({ reporter: silent as never, timeout: 300_000 });
runner.cleanReferencesAfterRun(false);
for (const file of files.slice(0, Number(required))) await import(pathToFileURL(resolve(file)).href);
// A failing case is not made smaller, which takes long and shows nothing more.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
for (const file of files.slice(Number(required))) runner.addFile(resolve(file));
await runner.loadFilesAsync();

const suites: { readonly suite: Suite; readonly tests: readonly Test[] }[] = [];
const collect = (suite: Suite): void => {
  suites.push({ suite, tests: [...suite.tests] });
  suite.suites.forEach(collect);
};
collect(runner.suite);
const numbers = new Map(suites.flatMap(({ tests }) => tests).map((test, index) => [test, index]));
const numberOf = (test: Test): number => numbers.get(test) ?? -1;

process.on("message", (message) => void run(message as RunTests));
say({
  message: "loaded",
  tests: [...numbers.keys()].map((test) => ({ title: test.fullTitle(), file: test.file ?? "" })),
  asked: [...asked],
});

function run({ mutant, tests, untilFailure }: RunTests): void {
  const wanted = new Set(tests);
  for (const { suite, tests: own } of suites) {
    suite.tests = own.filter((test) => wanted.has(numberOf(test)));
    suite.bail(untilFailure);
  }
  active = mutant;
  asked.clear();
  let failed: string | null = null;
  /** The mutants that the hooks of suites asked for. */
  const ofHooks = new Set<number>();
  const running: Runner = runner.run(() => {
    active = 0;
    say({ message: "run-ended", failed });
  });
  running.on("test", (test: Test) => {
    for (const number of asked) ofHooks.add(number);
    asked.clear();
    say({ message: "test-begun", test: numberOf(test) });
  });
  running.on("test end", (test: Test) => {
    say({
      message: "test-ended",
      test: numberOf(test),
      ms: test.duration ?? 0,
      passed: test.isPassed(),
      asked: [...new Set([...asked, ...ofHooks])],
    });
    asked.clear();
  });
  running.on("fail", (test: Test, error: unknown) => {
    failed ??= `${test.fullTitle()}: ${String(error instanceof Error ? error.message : error)}`;
  });
}
