/** Parses thresholds, which compare a number in a function's result with a constant: `harm.total < 1`, `initDurationMs.p99 < 800`. */
type ThresholdOperator = "<" | "<=" | ">" | ">=" | "==" | "!=";

export interface Threshold {
  readonly expression: string;
  readonly path: string;
  readonly comparison: ThresholdOperator;
  readonly limit: number;
}

export const THRESHOLD_PATHS: readonly string[] = [
  ...["planned", "succeeded", "functionErrors", "throttled", "invocationErrors", "unknown", "skipped"].map(
    (name) => `invocations.${name}`,
  ),
  ...["total", "initWithoutInvoke", "replaced", "reset", "reinitialised"].map((name) => `exposure.${name}`),
  ...["total", "delayed"].map((name) => `harm.${name}`),
  ...["total", "inTurn", "delayed", "longestWaitMs"].map((name) => `takenOver.${name}`),
  ...["total", "failed", "waitedFor", "ahead", "withoutInvoke", "unknown"].map((name) => `inits.${name}`),
  ...["timeouts", "crashes", "outOfMemory"].map((name) => `resets.${name}`),
  ...["latencyMs", "initDurationMs", "inits.aheadMs"].flatMap((name) =>
    ["count", "min", "p50", "p90", "p99", "max"].map((part) => `${name}.${part}`),
  ),
  "statistics.failureRatePerExposureUpper95",
  "statistics.exposuresFailed",
  "statistics.runLengthFor95PercentMs",
];

export type ParsedThreshold =
  { readonly ok: true; readonly threshold: Threshold } | { readonly ok: false; readonly problem: string };

const FORM = /^\s*([A-Za-z][\w.]*)\s*(<=|>=|==|!=|<|>)\s*(-?\d+(?:\.\d+)?)\s*$/;

export function parseThreshold(expression: string): ParsedThreshold {
  const match = FORM.exec(expression);
  const path = match?.[1];
  const comparison = match?.[2];
  if (path === undefined || comparison === undefined) {
    return {
      ok: false,
      problem: "expected PATH <|<=|>|>=|==|!= NUMBER, for example 'harm.total < 1'",
    };
  }
  if (!THRESHOLD_PATHS.includes(path)) {
    return {
      ok: false,
      problem: `there is no '${path}'; ${expectedInstead(path)}`,
    };
  }
  return {
    ok: true,
    threshold: {
      expression: expression.trim(),
      path,
      comparison: comparison as ThresholdOperator,
      limit: Number(match?.[3]),
    },
  };
}

/** Lists the figures of the same group, or all groups if the group is unknown. */
function expectedInstead(path: string): string {
  const group = path.replace(/\.[^.]*$/, "").toLowerCase();
  const near = THRESHOLD_PATHS.filter((known) => known.replace(/\.[^.]*$/, "").toLowerCase() === group);
  if (near.length > 0) return `expected one of ${near.join(", ")}`;
  const groups = [...new Set(THRESHOLD_PATHS.map((known) => known.replace(/\..*/, "")))];
  return `expected a figure of ${groups.join(", ")}, such as harm.total`;
}
