/** The judge of a run: reads the run directory as it is, analyses it, and renders what comes out. */
import { readRun } from "../../adapters/node/read-run.ts";
import type { RunResult } from "../../domain/run-result.ts";
import type { Judge, LiveJudgement } from "../../ports/judge.ts";
import { judge } from "../judgement.ts";
import { renderAll } from "../render.ts";

export function runJudge(folder: string): Judge {
  return {
    live: () => Promise.resolve(summary(judge(readRun(folder)))),
    final: () => Promise.resolve(judge(readRun(folder))),
    render: renderAll,
  };
}

function summary(result: RunResult): LiveJudgement {
  const sum = (pick: (one: RunResult["functions"][number]) => number): number => result.functions.reduce((total, one) => total + pick(one), 0);
  return {
    environmentsAlive: sum((one) => one.environments.filter((environment) => environment.end === null).length),
    exposures: sum((one) => one.exposure.total),
    harmed: sum((one) => one.harm.total),
  };
}
