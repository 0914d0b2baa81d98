/** The few figures that a run shows while it goes on, and their way between two processes. */
import type { FunctionResult, RunResult } from "../../domain/run-result.ts";
import type { LiveJudgement } from "../../ports/judge.ts";

export function liveSummary(result: RunResult): LiveJudgement {
  const sum = (pick: (one: FunctionResult) => number): number => result.functions.reduce((total, one) => total + pick(one), 0);
  return {
    environmentsAlive: sum((one) => one.environments.filter((environment) => environment.end === null).length),
    exposures: sum((one) => one.exposure.total),
    harmed: sum((one) => one.harm.total),
  };
}

/** Null: the other process did not say. */
export function parseLiveSummary(text: string | null): LiveJudgement | null {
  if (text === null) return null;
  try {
    const { environmentsAlive, exposures, harmed } = JSON.parse(text) as Record<string, unknown>;
    if (typeof environmentsAlive !== "number" || typeof exposures !== "number" || typeof harmed !== "number") return null;
    return { environmentsAlive, exposures, harmed };
  } catch {
    return null;
  }
}
