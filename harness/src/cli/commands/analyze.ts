import { preferSmallMemory } from "../../adapters/node/prefer-small-memory.ts";
import { verdictExitCode } from "../../analysis/verdict/exit-code.ts";
import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import type { RunResult } from "../../result/run-result.ts";
import { judgeRun } from "../../judge/judge-run.ts";
import { ANALYZE_SETTINGS, settingsGiven } from "../analyze/analyze-settings.ts";
import { chooseEvidence, type ChosenEvidence } from "../analyze/choose-evidence.ts";
import { gatherEvidence } from "../analyze/gather-evidence.ts";
import { shellWords } from "../../base/shell-words.ts";
import { command } from "../command.ts";
import type { Machine } from "../machine.ts";
import { print } from "../render.ts";
import { repeatedCapacities, strayCapacities } from "../analyze/capacity-problems.ts";
import { thresholdProblems } from "../threshold-problems.ts";
import { usageError } from "../usage-error.ts";

export const analyze = command({
  name: "analyze",
  description:
    "Judges the evidence in a run directory (even if the run was killed) or in existing logs (even of functions that never used longrun). " +
    "It reads logs as AWS's commands, the console, exports, subscriptions and other tools write them (docs/analyze.md has the list), plain or gzip. The form is recognised by the content. " +
    "The exit code follows from the verdict.\n\n" +
    "With --log-group it reads CloudWatch Logs page by page, and waits when CloudWatch throttles it. It also reads CloudWatch's counts of the function's invocations and errors, and compares them with the logs. It writes only into --cache.",
  positional: {
    placeholder: "PATH",
    description: "a run directory, or log files and folders of them, or - for standard input",
    required: false,
    repeatable: true,
  },
  settings: ANALYZE_SETTINGS,
  examples: [
    { command: "longrun analyze runs/20261125T010203Z-1", does: "a run directory" },
    {
      command: "longrun analyze runs/20261125T010203Z-1 --peer-log postgres.log",
      does: "a run, and the server's own log that the soak did not read",
    },
    {
      command: "longrun analyze events.json --peer-log gateway.jsonl",
      does: "logs of yesterday, and the log of the peer",
    },
    {
      command: "longrun analyze --log-group /aws/lambda/my-function --since 24h \\\n    --cache look-back",
      does: "a live function; continues after an interruption",
    },
    {
      command: "longrun analyze events.json --metrics-file metrics.json",
      does: "compare logs with CloudWatch's metrics",
    },
    {
      command: "aws logs filter-log-events --log-group-name GROUP | longrun analyze - --json",
      does: "for a script",
    },
  ],
  reportsProblems: true,
  run: async (machine, { values, settings, positionals, problems }): Promise<ExitCode> => {
    const choice = chooseEvidence(machine.workingFolder, positionals, values);
    const all = [
      ...problems,
      ...choice.problems,
      ...thresholdProblems(settings.thresholds),
      ...repeatedCapacities(settings.capacities),
      ...(values.json === true && values.format !== undefined && values.format !== "json"
        ? [
            {
              where: "--json",
              text: `expected no --format ${values.format}, because --json is --format json`,
            },
          ]
        : []),
    ];
    if (all.length > 0) throw usageError("analyze", all);
    // The heap is not kept small for a run directory: a run can hold much evidence, and frequent garbage collection would take longer than
    // the judgement.
    if (choice.chosen.kind !== "run") preferSmallMemory();
    const gathered = await gatherEvidence(machine, choice.chosen, settings);
    const { evidence, notices, close } = gathered;
    let result: RunResult;
    try {
      const stray = strayCapacities(settings.capacities, evidence);
      if (stray.length > 0) throw usageError("analyze", stray);
      result = judgeRun({ ...gathered, ...again(choice.chosen, machine) }, settingsGiven(settings));
    } finally {
      close();
    }
    for (const notice of notices) machine.stderr.write(`${notice}\n`);
    if (evidence.functions.length === 0) machine.stderr.write("There is no event in these logs.\n");
    await print(machine, result, settings.json ? "json" : settings.format);
    // Expectations and an interruption of the soak do not count in a later judgement.
    return result.exitCode === EXIT.bug ? EXIT.bug : verdictExitCode(result.verdict);
  },
});

/** The same command again, without what says in which form the result is printed. A run's result is the same wherever it is judged. */
function again({ kind }: ChosenEvidence, { arguments: given }: Machine): { readonly command?: string } {
  const isForm = (index: number): boolean =>
    /^--(?:json|format(?:=.*)?)$/s.test(given[index] ?? "") || given[index - 1] === "--format";
  if (kind === "run") return {};
  return { command: `longrun ${shellWords(given.filter((_, index) => !isForm(index)))}` };
}
