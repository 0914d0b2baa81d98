import type { RunResult } from "../../result/run-result.ts";
import type { LiveJudgement } from "../../run/ports/judge.ts";

export function liveSummary(result: RunResult, processorMs: number): LiveJudgement {
  const functions = result.functions.map((one) => ({
    name: one.name,
    verdict: one.verdict,
    environmentsAlive: one.environments.filter((environment) => environment.end === null).length,
    exposures: one.exposure.total,
    harmed: one.harm.total,
  }));
  const sum = (pick: (one: (typeof functions)[number]) => number): number =>
    functions.reduce((total, one) => total + pick(one), 0);
  return {
    processorMs,
    environmentsAlive: sum((one) => one.environmentsAlive),
    exposures: sum((one) => one.exposures),
    harmed: sum((one) => one.harmed),
    functions,
  };
}
