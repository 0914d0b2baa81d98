/** `longrun analyze RUN`: the same judgement again, of a run directory as it is. Prints, and never writes into a run. */
import { resolve } from "node:path";
import { readRun } from "../../adapters/node/read-run.ts";
import { verdictExitCode } from "../../analysis/exit-code.ts";
import { EXIT, type ExitCode } from "../../domain/exit-codes.ts";
import { repeatable, single, toggle, type Problem } from "../../profile/option.ts";
import { anyText, duration, wholeNumber } from "../../profile/value-parsers.ts";
import { command } from "../command.ts";
import { judge, type SettingsGiven } from "../judgement.ts";
import { render } from "../render.ts";
import { isFolder } from "../is-folder.ts";
import { thresholdProblems } from "../threshold-problems.ts";
import { usageError } from "../usage-error.ts";

const OPTIONS = {
  threshold: repeatable({ placeholder: "EXPR", description: "A bound on a figure of result.json; replaces those of the run." }, anyText("a threshold such as 'harm.total <= 0'")),
  "reserved-concurrency": single({ placeholder: "NUMBER", description: "What was reserved, where the evidence does not say." }, wholeNumber({ min: 0, max: 100_000 })),
  "clock-tolerance": single({ placeholder: "LENGTH", description: "How far apart two clocks may be.", default: "the run's own" }, duration({ min: 0 })),
  "idle-life": single({ placeholder: "LENGTH", description: "How long an environment whose end nobody saw counts as alive after its Init.", default: "the run's own" }, duration({ min: 0 })),
  settle: single({ placeholder: "LENGTH", description: "How late a log event may arrive.", default: "the run's own" }, duration({ min: 0 })),
  json: toggle("Print result.json instead of the table."),
} as const;

export const analyze = command({
  name: "analyze",
  summary: "judge a run directory again",
  description: "Judges the evidence in a run directory, also of a run that was killed, and prints the verdict. The exit code is the verdict's. Nothing is written.",
  positional: { placeholder: "RUN", description: "a run directory", required: true, repeatable: false },
  options: OPTIONS,
  examples: [
    { command: "longrun analyze runs/20261125T010203Z-1", does: "judge a run as it is" },
    { command: "longrun analyze runs/20261125T010203Z-1 --json | jq .verdict", does: "for a script" },
    { command: "longrun analyze RUN --threshold 'latencyMs.p99 < 500'", does: "ask for more than the run did" },
  ],
  reportsProblems: true,
  run: async (machine, { values, positionals, problems }): Promise<ExitCode> => {
    const folder = resolve(machine.workingFolder, positionals[0] ?? "");
    const all: Problem[] = [...problems, ...thresholdProblems(values.threshold ?? [])];
    if (positionals[0] !== undefined && isFolder(folder) === false) {
      all.push({ where: positionals[0], text: "expected a run directory; log files are read by a later version of this command" });
    }
    if (all.length > 0) throw usageError("analyze", all);
    const result = judge(readRun(folder), settingsGiven(values));
    machine.stdout.write(await render(machine, result, values.json === true ? "json" : "text"));
    // The verdict's code: who judges again asks about the evidence, not whether the soak was interrupted or what was expected of it.
    return result.exitCode === EXIT.bug ? EXIT.bug : verdictExitCode(result.verdict);
  },
});

function settingsGiven(values: {
  readonly threshold?: readonly string[];
  readonly "reserved-concurrency"?: number;
  readonly "clock-tolerance"?: number;
  readonly "idle-life"?: number;
  readonly settle?: number;
}): SettingsGiven {
  return {
    ...(values.threshold === undefined ? {} : { thresholds: values.threshold }),
    ...(values["reserved-concurrency"] === undefined ? {} : { reservedConcurrency: values["reserved-concurrency"] }),
    ...(values["clock-tolerance"] === undefined ? {} : { clockToleranceMs: values["clock-tolerance"] }),
    ...(values["idle-life"] === undefined ? {} : { idleLifeMs: values["idle-life"] }),
    ...(values.settle === undefined ? {} : { settleMs: values.settle }),
  };
}

