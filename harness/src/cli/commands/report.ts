/** `longrun report RUN`: the run's result in another form. Prints, and never writes into a run. */
import { resolve } from "node:path";
import { readRun } from "../../adapters/node/read-run.ts";
import { EXIT, type ExitCode } from "../../domain/exit-codes.ts";
import { single } from "../../profile/option.ts";
import { oneOf } from "../../profile/value-parsers.ts";
import { command } from "../command.ts";
import { judge } from "../judgement.ts";
import { FORMATS, render } from "../render.ts";

const OPTIONS = {
  format: single({ placeholder: "NAME", description: `One of ${FORMATS.join(", ")}.`, default: "text" }, oneOf(FORMATS)),
} as const;

export const report = command({
  name: "report",
  summary: "render a run directory again",
  description: "Renders a run again from its evidence: the same run gives the same bytes. Prints to standard output; nothing is written into the run. The exit code is 0 whatever the verdict.",
  positional: { placeholder: "RUN", description: "a run directory", required: true, repeatable: false },
  options: OPTIONS,
  examples: [
    { command: "longrun report runs/20261125T010203Z-1 --format html > report.html", does: "the page of a run that was killed" },
    { command: "longrun report runs/20261125T010203Z-1 --format markdown", does: "for a pull request" },
  ],
  run: async (machine, { values, positionals }): Promise<ExitCode> => {
    const result = judge(readRun(resolve(machine.workingFolder, positionals[0] ?? "")));
    machine.stdout.write(await render(machine, result, values.format ?? "text"));
    return EXIT.pass;
  },
});
