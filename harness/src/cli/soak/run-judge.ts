/** The judge of a running soak is another process, which starts at the first question. */
import { JudgeProcess } from "../../adapters/node/judge-process.ts";
import { isLongrunError } from "../../base/errors.ts";
import type { Judge, JudgedRun, LiveJudgement } from "../../run/ports/judge.ts";
import { wantsColour, type Machine } from "../machine.ts";

/** After a longer judgement the process is ended. Starting it again takes less than a second. */
const HEAVY_MS = 5_000;

export function runJudge(machine: Machine, folder: string): Judge {
  const colour = wantsColour(machine, machine.stdout) ? ["--colour"] : [];
  const process = new JudgeProcess({
    arguments: ["judge", folder, "--columns", String(machine.stdout.columns), ...colour],
    environment: machine.environment,
  });
  return {
    live: (giveUp) => unlessGivenUp(live(process), giveUp),
    // Without the last judgement the run has no report, so a process that was killed is started again once.
    seal: () =>
      process.ask("seal").catch((error: unknown) => againIfKilled(process, error)) as Promise<JudgedRun>,
    close: () => process.close(),
  };
}

function againIfKilled(process: JudgeProcess, error: unknown): Promise<unknown> {
  if (!isLongrunError(error) || error.code !== "unavailable") throw error;
  return process.ask("seal");
}

/** A long judgement leaves much memory in use, so the process is ended after it. */
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
