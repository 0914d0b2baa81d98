// Keeps the judgement as it is: recorded runs and what is expected of them. The help text below says how it is called.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { packRun } from "./golden/pack-run.ts";
import { renewCases } from "./golden/renew-cases.ts";

const root = join(import.meta.dirname, "..");
const HELP = `Usage: node --import tsx scripts/golden.ts --renew
       node --import tsx scripts/golden.ts --pack RUN --name NAME

  --renew        Builds, judges the runs in harness/test/golden/runs and writes what
                 is expected of them. CONTRIBUTING.md says when that is right.
  --pack RUN     Puts the evidence of a run directory into a bundle there.
  --name NAME    The name of that bundle.
  --help         This text.

Examples:

  # after a change that was meant to change results
  npm run golden:renew && git diff harness/test/golden

  # one more recorded run; then name it in harness/test/golden/cases.json and renew
  node --import tsx scripts/golden.ts --pack runs/short --name short
`;

process.exitCode = await main();

async function main(): Promise<number> {
  let values;
  try {
    ({ values } = parseArgs({
      options: {
        help: { type: "boolean" },
        renew: { type: "boolean" },
        pack: { type: "string" },
        name: { type: "string" },
      },
    }));
  } catch (error) {
    process.stderr.write(`${String(error)}\n\n${HELP}`);
    return 64;
  }
  if (values.help === true) {
    process.stdout.write(HELP);
    return 0;
  }
  if (values.renew === true) {
    if (spawnSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: "inherit" }).status !== 0)
      return 1;
    await renewCases(join(root, "dist", "longrun.js"), (line) => process.stderr.write(`${line}\n`));
    return 0;
  }
  if (values.pack !== undefined && values.name !== undefined) {
    const problems = packRun(values.pack, values.name);
    for (const problem of problems) process.stderr.write(`${problem}\n`);
    return problems.length === 0 ? 0 : 1;
  }
  process.stderr.write(HELP);
  return 64;
}
