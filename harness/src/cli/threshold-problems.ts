import { parseThreshold } from "../words/parse-threshold.ts";
import type { Problem } from "../settings/problem.ts";

export function thresholdProblems(expressions: readonly string[]): readonly Problem[] {
  return expressions.flatMap((expression) => {
    const parsed = parseThreshold(expression);
    return parsed.ok ? [] : [{ where: `--threshold ${expression}`, text: parsed.problem }];
  });
}
