/** Describes the comparison with CloudWatch's metrics in the form of result.json. */
import type { MetricsResult } from "../../result/function-result.ts";
import { iso } from "./describe-environment.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export function describeMetrics({ metrics }: FunctionHistory): {
  readonly metrics?: MetricsResult;
} {
  if (metrics === null) return {};
  if (!metrics.compared) {
    const { why } = metrics;
    return {
      metrics: { from: null, to: null, invocations: null, errors: null, agree: null, settled: 0, why },
    };
  }
  const { from, to, logged, counted, agree } = metrics;
  return {
    metrics: {
      from: iso(from),
      to: iso(to),
      invocations: { logged: logged.invocations, counted: counted.invocations },
      errors: { logged: logged.errors, counted: counted.errors },
      agree,
      settled: agree ? logged.unknown : 0,
      why: null,
    },
  };
}
