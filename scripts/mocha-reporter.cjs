// Adds a plain last line with the counts to mocha's spec reporter, so that people and CI can read the counts without colours.
// This is a CommonJS file, because mocha needs a file for which `require` returns the class itself.
const { Spec } = require("mocha").reporters;

module.exports = class extends Spec {
  epilogue() {
    super.epilogue();
    const { passes, failures, pending } = this.stats;
    process.stdout.write(
      `${passes} passed, ${failures} failed${pending > 0 ? `, ${pending} skipped` : ""}\n`,
    );
  }
};
