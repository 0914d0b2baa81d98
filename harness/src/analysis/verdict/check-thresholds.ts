/**
 * Does each threshold hold? Unknown where the number is not known, and where evidence that is missing could change the answer:
 * a count only grows with more evidence, so a `<` that is broken stays broken and a `>` that holds stays so; nothing else does.
 */
import { invariant } from "../../domain/invariant.ts";
import type { ThresholdResult } from "../../domain/run-result.ts";
import { parseThreshold, type Threshold } from "./parse-threshold.ts";

type Numbers = Readonly<
  Record<
    "invocations" | "exposure" | "harm" | "latencyMs" | "initDurationMs" | "inits" | "resets" | "statistics",
    object
  >
>;

export function checkThresholds(
  expressions: readonly string[],
  numbers: Numbers,
  evidenceComplete: boolean,
): ThresholdResult[] {
  return expressions.map((expression) => {
    const parsed = parseThreshold(expression);
    invariant(parsed.ok, `a threshold reached the assessment unparsed: ${expression}`);
    const { threshold } = parsed;
    const actual = numberAt(numbers, threshold.path);
    if (actual === null) return { expression: threshold.expression, actual: null, holds: null };
    const holds = compare(actual, threshold);
    const final = evidenceComplete || (isGrowing(threshold.path) && cannotTurn(threshold, holds));
    return { expression: threshold.expression, actual, holds: final ? holds : null };
  });
}

function numberAt(numbers: Numbers, path: string): number | null {
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

/** Numbers which more evidence can only raise. `unknown` and `planned` may shrink or move as evidence arrives. */
function isGrowing(path: string): boolean {
  return /^(harm|exposure|resets)\.|^inits\.(total|failed)$|^invocations\.(succeeded|functionErrors|throttled|invocationErrors|skipped)$|\.(max|count)$/.test(
    path,
  );
}

function cannotTurn({ comparison }: Threshold, holds: boolean): boolean {
  return holds ? comparison === ">" || comparison === ">=" : comparison === "<" || comparison === "<=";
}
