/**
 * Gives mocha a reporter with the name `counts`: the spec reporter with one more line at the end. This line has the counts without colours,
 * so that people and CI can read it. With LONGRUN_FAILURES=FILE the reporter also appends each failed test to that file, which `.ci/run`
 * prints at its end.
 */
import mocha, { type Test } from "mocha";
import { appendFileSync } from "node:fs";
import { relative } from "node:path";
import { cwd, env, stdout } from "node:process";

const LONGEST_REASON = 600;
/** The folder in which `make test` bundles test files (bundle-tests.ts). */
const BUNDLED = /^node_modules\/\.cache\/longrun-tests\/\d+\/(.*)\.js$/;

function described(test: Test): string {
  const where = test.file === undefined ? "" : ` (${relative(cwd(), test.file).replace(BUNDLED, "$1.ts")})`;
  const reason = String(test.err?.message ?? test.err).slice(0, LONGEST_REASON);
  return `${test.fullTitle()}${where}\n${reason.replaceAll(/^/gm, "    ")}\n`;
}

class CountReporter extends mocha.reporters.Spec {
  override epilogue(): void {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    const list = env["LONGRUN_FAILURES"];
    if (list !== undefined && failures > 0) appendFileSync(list, this.failures.map(described).join(""));
    stdout.write(`${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ""}\n`);
  }
}

Object.assign(mocha.reporters, { counts: CountReporter });
