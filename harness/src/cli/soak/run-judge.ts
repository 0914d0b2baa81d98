/** The judge of a run that is going on: a process beside it, started when it is first asked. */
import { JudgeProcess } from "../../adapters/node/judge-process.ts";
import type { Judge, JudgedRun, LiveJudgement } from "../../ports/judge.ts";
import { wantsColour, type Machine } from "../machine.ts";

/** A start takes less than a second. */
const HEAVY_MS = 5_000;

export function runJudge(machine: Machine, folder: string): Judge {
  const colour = wantsColour(machine, machine.stdout) ? ["--colour"] : [];
  const process = new JudgeProcess({
    arguments: ["judge", folder, "--columns", String(machine.stdout.columns), ...colour],
    environment: machine.environment,
  });
  return {
    live: (giveUp) => unlessGivenUp(live(process), giveUp),
    seal: () => process.ask("seal") as Promise<JudgedRun>,
    close: () => process.close(),
  };
}

/** The more it read, the longer until it is asked again, and the more memory it would sit on until then. */
async function live(process: JudgeProcess): Promise<LiveJudgement> {
  const began = performance.now();
  const answer = (await process.ask("live")) as LiveJudgement;
  if (performance.now() - began > HEAVY_MS) process.rest();
  return answer;
}

function unlessGivenUp(answer: Promise<LiveJudgement>, signal: AbortSignal): Promise<LiveJudgement | null> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => resolve(null);
    signal.addEventListener("abort", giveUp);
    answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", giveUp));
    if (signal.aborted) giveUp();
  });
}
