/** A mutant: one small fault that could be planted into a source file. The tests should find it. */
export interface Mutant {
  /** Relative to the root of the repository. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** Where the replaced expression is in the text of the file. */
  readonly start: number;
  readonly end: number;
  readonly code: string;
  readonly becomes: string;
}

/** A mutant that the tests can select by its number, which is at least 1. */
export interface NumberedMutant extends Mutant {
  readonly number: number;
}

/** Returns the mutant on one line. */
export function describeMutant({ code, becomes }: Mutant): string {
  return `${onOneLine(code)} → ${onOneLine(becomes)}`;
}

export function onOneLine(code: string): string {
  return code.replaceAll(/\s+/g, " ");
}
