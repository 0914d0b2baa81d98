// Mocha's spec reporter and one plain last line with the counts, so that a reader of the log and CI need not parse colours.
// JavaScript, since mocha takes what `require` returns as the class, and only a CommonJS file can return a class itself.
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
