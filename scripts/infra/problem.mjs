/** What goes wrong in a way that an operator can mend: a sentence, an exit code (docs: `longrun --help`) and a hint. */
export class Problem extends Error {
  /** @param {string} text @param {{ code?: number, hint?: string }} [more] */
  constructor(text, { code = 69, hint } = {}) {
    super(text);
    this.code = code;
    this.hint = hint;
  }
}
