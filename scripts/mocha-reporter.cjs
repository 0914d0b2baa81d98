// mocha's spec reporter with one more line at the end. This line has the counts without colours, so that people and CI can read it. With
// LONGRUN_FAILURES=FILE the reporter also appends each failed test to that file, which `.ci/run` prints at its end.
// This is a CommonJS file, because mocha needs a file for which `require` returns the class itself.
const { appendFileSync } = require("node:fs");
const { relative } = require("node:path");
const { Spec } = require("mocha").reporters;

const LONGEST_REASON = 600;
/** The folder in which `make test` bundles test files (bundle-tests.ts). */
const BUNDLED = /^node_modules\/\.cache\/longrun-tests\/\d+\/(.*)\.js$/;

function described(test) {
  const where =
    test.file === undefined ? "" : ` (${relative(process.cwd(), test.file).replace(BUNDLED, "$1.ts")})`;
  const reason = String(test.err?.message ?? test.err).slice(0, LONGEST_REASON);
  return `${test.fullTitle()}${where}\n${reason.replaceAll(/^/gm, "    ")}\n`;
}

module.exports = class extends Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    const list = process.env.LONGRUN_FAILURES;
    if (list !== undefined && failures > 0) {
      appendFileSync(list, this.failures.map(described).join(""));
    }
    process.stdout.write(
      `${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ""}\n`,
    );
  }
};
