/** The few figures that a run shows while it goes on. */
import type { FunctionResult, RunResult } from "../../domain/run-result.ts";
import type { LiveJudgement } from "../../ports/judge.ts";

export function liveSummary(result: RunResult): LiveJudgement {
  const sum = (pick: (one: FunctionResult) => number): number =>
    result.functions.reduce((total, one) => total + pick(one), 0);
  return {
    environmentsAlive: sum(
      (one) => one.environments.filter((environment) => environment.end === null).length,
    ),
    exposures: sum((one) => one.exposure.total),
    harmed: sum((one) => one.harm.total),
  };
}
