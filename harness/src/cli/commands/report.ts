import { resolve } from "node:path";
import { compareRuns } from "../../analysis/compare/compare-runs.ts";
import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import type { RunResult } from "../../result/run-result.ts";
import type { Problem } from "../../settings/problem.ts";
import { setting } from "../../settings/setting.ts";
import { text } from "../../settings/value-kinds.ts";
import { describeComparison } from "../../report/wording/describe-comparison.ts";
import { judgeRun } from "../../judge/judge-run.ts";
import { command } from "../command.ts";
import {
  COMPARISON_FORMATS,
  FORMAT,
  print,
  renderComparison,
  type ComparisonFormat,
  type Format,
} from "../render.ts";
import { usageError } from "../usage-error.ts";

const SETTINGS = {
  compare: setting("compare", {
    takes: "RUN",
    help: "The run after a change. RUN is the run before the change.",
    value: text("a run directory"),
  }),
  format: FORMAT,
} as const;

export const report = command({
  name: "report",
  description:
    "Renders a run again from its evidence: the same run gives the same bytes. With --compare it shows two runs side by side, before and after a change, with the differences and their 95 % intervals. The time axis begins at the first planned invocation of each run. Functions are paired by name; if each run has only one function, these two are paired. Prints to standard output; nothing is written into a run. The exit code is 0 whatever the verdict.",
  positional: { placeholder: "RUN", description: "a run directory", required: true, repeatable: false },
  settings: SETTINGS,
  examples: [
    {
      command: "longrun report runs/20261125T010203Z-1 --format html > report.html",
      does: "the page of a run that was killed",
    },
    { command: "longrun report runs/20261125T010203Z-1 --format markdown", does: "for a pull request" },
    {
      command: "longrun report BEFORE --compare AFTER --format html > fix.html",
      does: "what the fix changed",
    },
  ],
  reportsProblems: true,
  run: async (machine, { settings, positionals, problems }): Promise<ExitCode> => {
    const { compare, format } = settings;
    const all = [...problems, ...comparisonProblems(compare, format)];
    if (all.length > 0) throw usageError("report", all);
    const resultOf = (path: string): RunResult => judgeRun(resolve(machine.workingFolder, path));
    const first = resultOf(positionals[0] ?? "");
    if (compare === null) {
      await print(machine, first, format);
      return EXIT.pass;
    }
    const second = resultOf(compare);
    const runs = { comparison: describeComparison(compareRuns(first, second)), before: first, after: second };
    machine.stdout.write(await renderComparison(machine, runs, format as ComparisonFormat));
    return EXIT.pass;
  },
});

function comparisonProblems(compare: string | null, format: Format): readonly Problem[] {
  if (compare === null || COMPARISON_FORMATS.some((name) => name === format)) return [];
  return [
    {
      where: `--format ${format}`,
      text: `expected one of ${COMPARISON_FORMATS.join(", ")} with --compare: a comparison has no test cases`,
    },
  ];
}
