/** The results that TOLERATE=no-exposure accepts: invocations were served and there was no exposure. */
import { z } from "zod";
import type { Reason } from "../../harness/src/result/result-words.ts";

/**
 * A function is accepted only if all its reasons are in this list. Without an exposure, a flaw in discipline could do no harm. Reasons that
 * mean missing evidence are not in the list.
 */
const OPEN: readonly string[] = ["no-exposure", "discipline"] satisfies readonly Reason[];

const RESULT = z.object({
  verdict: z.string(),
  functions: z
    .array(
      z.object({
        verdict: z.string(),
        reasons: z.array(z.string()).readonly(),
        invocations: z.object({ succeeded: z.number() }),
      }),
    )
    .readonly(),
});

export function onlyNothingHappened(result: unknown): boolean {
  const { verdict, functions } = RESULT.parse(result);
  return (
    verdict === "inconclusive" &&
    functions.every(
      (one) =>
        one.invocations.succeeded > 0 &&
        (one.verdict === "pass" ||
          (one.reasons.includes("no-exposure") && one.reasons.every((reason) => OPEN.includes(reason)))),
    )
  );
}

/** A line for the log, and in a GitHub workflow an annotation too. */
export function toleranceText(inWorkflow: boolean): string {
  const text =
    "Inconclusive, and tolerated (TOLERATE=no-exposure): invocations were served, and there was no exposure, so the run shows nothing about the hazard.";
  return inWorkflow ? `::warning title=The soak is inconclusive::${text}\n` : `${text}\n`;
}
