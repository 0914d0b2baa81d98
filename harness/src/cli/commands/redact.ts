import { randomInt } from "node:crypto";
import { readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { isJudged, writeRedacted } from "../../adapters/run-directory/write-redacted.ts";
import { writeRenderings } from "../../adapters/run-directory/write-renderings.ts";
import { notAvailable } from "../../base/errors.ts";
import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import { RUN_RESULT, type RunResult } from "../../result/run-result.ts";
import { keptPart } from "../../redact/kept-part.ts";
import { setting } from "../../settings/setting.ts";
import { text } from "../../settings/value-kinds.ts";
import { judgeRun } from "../../judge/judge-run.ts";
import { command } from "../command.ts";
import { makeFolderFor, newFolderProblems } from "../folder-problems.ts";
import { renderAll } from "../render.ts";
import { usageError } from "../usage-error.ts";

const SETTINGS = {
  out: setting("out", {
    takes: "FOLDER",
    help: "The folder of the copy, new or empty.",
    value: text("a folder"),
  }),
} as const;

export const redact = command({
  name: "redact",
  description:
    "Copies a run directory so that the copy may be shown. Names of functions, accounts, addresses, ids, log lines, answers, error texts and settings are replaced. The same value always gets the same replacement. Times, counts, ports, the Region and what the judgement reads of log lines are kept. Whatever longrun does not know is left out. The copy is judged: if its result differs from that of the run in anything that is kept, it is removed, and the exit code is 69. A copy cannot be resumed. Look at it before you show it.",
  positional: { placeholder: "RUN", description: "a run directory", required: true, repeatable: false },
  settings: SETTINGS,
  examples: [
    {
      command: "longrun redact runs/20261125T010203Z-1 --out shown",
      does: "a copy for a bug report",
    },
    { command: "longrun report shown --format html > report.html", does: "the copy as a page" },
  ],
  reportsProblems: true,
  run: async (machine, { settings, positionals, problems }): Promise<ExitCode> => {
    const { out } = settings;
    const run = resolve(machine.workingFolder, positionals[0] ?? "");
    const copy = resolve(machine.workingFolder, out ?? "");
    const all = [
      ...problems,
      ...(out === null
        ? [{ where: "--out", text: "expected a folder for the copy" }]
        : newFolderProblems(copy, `--out ${out}`)),
    ];
    if (all.length > 0) throw usageError("redact", all);
    const before = judged(judgeRun(run));
    const takeBack = makeFolderFor("--out", copy);
    try {
      writeRedacted(run, copy, (limit) => randomInt(limit));
      const result = judgeRun(copy);
      if (judged(result) !== before)
        throw notAvailable(`${run}: its copy would be judged differently, so it was not kept.`, {
          hint: "A log line has a form that longrun cannot replace. Please report it, with the form of the line.",
        });
      if (isJudged(run)) writeRenderings(copy, await renderAll(result));
    } catch (error) {
      for (const name of readdirSync(copy)) rmSync(join(copy, name), { recursive: true, force: true });
      takeBack();
      throw error;
    }
    machine.stdout.write(`${copy}\n`);
    return EXIT.pass;
  },
});

/** Everything that a copy keeps must be the same in the results of a run and of its copy. */
function judged(result: RunResult): string {
  return JSON.stringify(keptPart(RUN_RESULT, result));
}
