/** If the evidence does not decide, the verdict is `inconclusive`, never pass or fail. */
export const VERDICTS = ["pass", "inconclusive", "fail"] as const;
export type Verdict = (typeof VERDICTS)[number];

/** Fail is worse than inconclusive, and inconclusive is worse than pass. An empty list is inconclusive. */
export function worstVerdict(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.length === 0) return "inconclusive";
  if (verdicts.includes("fail")) return "fail";
  return verdicts.includes("inconclusive") ? "inconclusive" : "pass";
}
