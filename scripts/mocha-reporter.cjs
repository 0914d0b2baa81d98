// Mocha's spec reporter plus one plain closing line, so that whoever reads a log (or a CI that counts) need not parse colours.
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
