/** The judge of a running soak: another process, which is started when it is first asked. */
import { JudgeProcess } from "../../adapters/node/judge-process.ts";
import type { Judge, JudgedRun, LiveJudgement } from "../../ports/judge.ts";
import { wantsColour, type Machine } from "../machine.ts";

/** After a longer judgement the process is ended; starting it again takes less than a second. */
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

/** After a long judgement, the process would hold much memory for a long time until it is asked again. */
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
