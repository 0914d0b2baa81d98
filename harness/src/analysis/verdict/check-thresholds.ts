/**
 * Decides whether each threshold holds, or whether missing evidence could change the answer. More evidence can only make a count larger, so
 * a count that breaks a `<` or satisfies a `>` is final.
 */
import { invariant } from "../../base/invariant.ts";
import type { ThresholdResult } from "../../result/function-result.ts";
import { parseThreshold, type Threshold } from "../../words/parse-threshold.ts";

type ThresholdNumbers = Readonly<
  Record<
    "invocations" | "exposure" | "harm" | "latencyMs" | "initDurationMs" | "inits" | "resets" | "statistics",
    object
  >
> & { readonly takenOver?: object };

/** `isComplete` returns whether no missing evidence can change the number at this path. */
export function checkThresholds(
  expressions: readonly string[],
  numbers: ThresholdNumbers,
  isComplete: (path: string) => boolean,
): ThresholdResult[] {
  return expressions.map((expression) => {
    const parsed = parseThreshold(expression);
    invariant(parsed.ok, `thresholds were parsed before the judgement, found ${expression}`);
    const { threshold } = parsed;
    const actual = numberAt(numbers, threshold.path);
    if (actual === null) return { expression: threshold.expression, actual: null, holds: null };
    const holds = compare(actual, threshold);
    const final = isComplete(threshold.path) || (isGrowing(threshold.path) && cannotTurn(threshold, holds));
    return { expression: threshold.expression, actual, holds: final ? holds : null };
  });
}

function numberAt(numbers: ThresholdNumbers, path: string): number | null {
  let value: unknown = numbers;
  for (const name of path.split(".")) {
    if (typeof value !== "object" || value === null) return null;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return typeof value === "number" ? value : null;
}

function compare(actual: number, { comparison, limit }: Threshold): boolean {
  switch (comparison) {
    case "<":
      return actual < limit;
    case "<=":
      return actual <= limit;
    case ">":
      return actual > limit;
    case ">=":
      return actual >= limit;
    case "==":
      return actual === limit;
    case "!=":
      return actual !== limit;
  }
}

/** `unknown` and `planned` can also become smaller with more evidence. */
function isGrowing(path: string): boolean {
  return /^(harm|exposure|takenOver|resets)\.|^inits\.(total|failed)$|^invocations\.(succeeded|functionErrors|throttled|invocationErrors|skipped)$|\.(max|count)$/.test(
    path,
  );
}

function cannotTurn({ comparison }: Threshold, holds: boolean): boolean {
  return holds ? comparison === ">" || comparison === ">=" : comparison === "<" || comparison === "<=";
}
