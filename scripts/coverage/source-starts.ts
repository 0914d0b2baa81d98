/** Where the text of each source file begins in a bundle: esbuild writes its path into a comment before it. */
export interface SourceStart {
  readonly offset: number;
  /** Relative to the repository. */
  readonly source: string;
}

export function sourceStarts(bundle: string): readonly SourceStart[] {
  return [...bundle.matchAll(/^\/\/ ((?:harness|functions|scripts)\/\S+\.ts)$/gm)].map(
    ({ index, 1: source = "" }) => ({ offset: index, source }),
  );
}

/** Returns null for an offset before the first source. */
export function sourceAt(starts: readonly SourceStart[], offset: number): string | null {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle]?.offset ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return starts[low - 1]?.source ?? null;
}
