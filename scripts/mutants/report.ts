/** What `npm run mutants` prints: each mutant that survived, and how many they are. */
import { describeMutant } from "./mutant.ts";
import type { Tried } from "./try-mutants.ts";

/** In percent. More survivors are an error. */
const SURVIVING_MOST = 5;

export interface MutantReport {
  readonly text: string;
  readonly isEnough: boolean;
}

export function reportOf(
  tried: readonly Tried[],
  { of, equivalent, seed }: { readonly of: number; readonly equivalent: number; readonly seed: number },
): MutantReport {
  const survived = tried.filter(({ foundBy }) => foundBy === null);
  const percent = tried.length === 0 ? 0 : (100 * survived.length) / tried.length;
  const isEnough = percent <= SURVIVING_MOST;
  const lines = survived.map(
    ({ mutant, reached }) =>
      `${mutant.file}:${mutant.line}: ${describeMutant(mutant)}${reached ? "" : " (no test reaches it)"}`,
  );
  const sum =
    `${tried.length} of ${of} mutants were tried (seed ${seed}; ${equivalent} more do the same as the code). ` +
    `${survived.length} survived, ${percent.toFixed(1)} %${isEnough ? "" : `; at most ${SURVIVING_MOST} % may`}.`;
  return { text: [...lines, sum, ""].join("\n"), isEnough };
}
