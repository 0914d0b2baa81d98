/** The judge of a run that is going on: a process beside it, started when it is first asked. */
import { JudgeProcess } from "../../adapters/node/judge-process.ts";
import type { Judge, JudgedRun, LiveJudgement } from "../../ports/judge.ts";
import { wantsColour, type Machine } from "../machine.ts";

export function runJudge(machine: Machine, folder: string): Judge {
  const colour = wantsColour(machine, machine.stdout) ? ["--colour"] : [];
  const process = new JudgeProcess({
    arguments: ["judge", folder, "--columns", String(machine.stdout.columns), ...colour],
    environment: machine.environment,
  });
  return {
    live: (giveUp) => unlessGivenUp(process.ask("live") as Promise<LiveJudgement>, giveUp),
    seal: () => process.ask("seal") as Promise<JudgedRun>,
    close: () => process.close(),
  };
}

function unlessGivenUp(answer: Promise<LiveJudgement>, signal: AbortSignal): Promise<LiveJudgement | null> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => resolve(null);
    signal.addEventListener("abort", giveUp);
    answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
    if (signal.aborted) giveUp();
  });
}
