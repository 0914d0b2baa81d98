/** A verdict has three values; "we could not tell" is never rounded to either side. */
export const VERDICTS = ["pass", "inconclusive", "fail"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Worst of several: fail beats inconclusive beats pass. An empty list proves nothing. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.length === 0) return "inconclusive";
  if (verdicts.includes("fail")) return "fail";
  return verdicts.includes("inconclusive") ? "inconclusive" : "pass";
}
