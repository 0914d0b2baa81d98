/** The judge of a running soak: a process that `soak` starts and asks line by line (adapters/node/judge-process.ts). */
import { resolve } from "node:path";
import { cpuUsage } from "node:process";
import { answerTo, type JudgeJob } from "../../adapters/node/judge-process.ts";
import { writeRenderings } from "../../adapters/run-directory/write-renderings.ts";
import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import type { JudgedRun, LiveJudgement } from "../../run/ports/judge.ts";
import { setting, toggle } from "../../settings/setting.ts";
import { wholeNumber } from "../../settings/value-kinds.ts";
import { renderText } from "../../report/text.ts";
import { judgeRun } from "../../judge/judge-run.ts";
import { command } from "../command.ts";
import { renderAll } from "../render.ts";
import { liveSummary } from "../soak/live-summary.ts";

interface TextShape {
  readonly columns: number;
  readonly colour: boolean;
}

const SETTINGS = {
  columns: setting("columns", {
    takes: "NUMBER",
    help: "Width of the text.",
    default: "80",
    value: wholeNumber({ min: 1, max: 10_000 }),
  }),
  colour: toggle("colour", "Colour in the text."),
} as const;

export const judge = command({
  name: "judge",
  description:
    "Judges a run directory each time a line comes on standard input: `live` asks for the figures so far, `seal` for the final result and the reports.",
  positional: { placeholder: "RUN", description: "a run directory", required: true, repeatable: false },
  settings: SETTINGS,
  examples: [],
  run: async (machine, { settings: shape, positionals }): Promise<ExitCode> => {
    const folder = resolve(machine.workingFolder, positionals[0] ?? "");
    for await (const line of machine.inputLines()) {
      const answer = await answerTo(() => work(folder, line as JudgeJob, shape));
      machine.stdout.write(`${JSON.stringify(answer)}\n`);
    }
    return EXIT.pass;
  },
});

async function work(folder: string, job: JudgeJob, shape: TextShape): Promise<LiveJudgement | JudgedRun> {
  const before = cpuUsage();
  const result = judgeRun(folder);
  if (job === "live") {
    const { user, system } = cpuUsage(before);
    return liveSummary(result, (user + system) / 1_000);
  }
  writeRenderings(folder, await renderAll(result));
  return { exitCode: result.exitCode as ExitCode, text: renderText(result, shape) };
}
