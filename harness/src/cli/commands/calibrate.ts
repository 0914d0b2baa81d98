import { existsSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { durationMs } from "../../base/time.ts";
import { runFolder } from "../../adapters/run-directory/run-folder.ts";
import { readManifest } from "../../adapters/run-directory/scan-run.ts";
import { calibrate as calibrateRuns, type RunToCalibrate } from "../../analysis/calibrate/calibrate.ts";
import { OBSERVATIONS_LEAST, type CalibratedRow } from "../../result/calibration.ts";
import { wrongInput } from "../../base/errors.ts";
import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import { DEFAULT_PROFILE } from "../../record/plan.ts";
import { judgeRun } from "../../judge/judge-run.ts";
import { calibrateProfile } from "../../platform/calibrate-profile.ts";
import { writePlatformProfile } from "../../platform/write-platform-profile.ts";
import { renderCalibration, rowSentence, shortRunWarnings } from "../../report/calibration-text.ts";
import type { Problem } from "../../settings/problem.ts";
import { JSON_OUTPUT } from "../../settings/shared-settings.ts";
import { setting } from "../../settings/setting.ts";
import { text } from "../../settings/value-kinds.ts";
import { command } from "../command.ts";
import { choosePlatform } from "../soak/platform-plan.ts";
import { usageError } from "../usage-error.ts";

const SETTINGS = {
  out: setting("out", {
    takes: "FILE",
    help: "Write the platform profile into this file, which must not exist yet.",
    value: text("a file"),
  }),
  base: setting("base", {
    takes: "NAME|FILE",
    help: `The profile whose values are kept where fewer than ${OBSERVATIONS_LEAST} observations were made.`,
    default: DEFAULT_PROFILE,
    value: text("a platform profile"),
  }),
  json: JSON_OUTPUT,
} as const;

export const calibrate = command({
  name: "calibrate",
  description:
    "Reads run directories of soaks (best on AWS, 24 h or more, with reserved concurrency 1), and prints how often Inits happen ahead of need, how long before the need, how long environments live, and the time between replacements, each with its 95 % interval. " +
    `With --out it writes a platform profile that soak and serve take with --platform. A row with fewer than ${OBSERVATIONS_LEAST} observations keeps the value of the base profile and says so. Shorter runs are read with a warning. Nothing is written into a run.`,
  positional: { placeholder: "RUN", description: "a run directory", required: true, repeatable: true },
  settings: SETTINGS,
  examples: [
    {
      command: "longrun calibrate runs/mon runs/tue runs/wed --out calibrated.yaml",
      does: "three days of soaks on AWS become one profile",
    },
    {
      command: "longrun soak --function init-connect --platform calibrated.yaml --duration 24h",
      does: "the same function on the local engine, which now does what AWS did",
    },
  ],
  reportsProblems: true,
  run: async (machine, { settings, positionals, problems }): Promise<ExitCode> => {
    const { out, base: given, json } = settings;
    const base = await choosePlatform(given, machine.workingFolder);
    const file = out === null ? null : resolve(machine.workingFolder, out);
    const all = [
      ...problems,
      ...(base.ok ? [] : base.problems.map((one) => ({ ...one, where: `--base ${given}` }))),
      ...(file === null ? [] : newFileProblems(file, `--out ${out}`)),
    ];
    if (all.length > 0 || !base.ok) throw usageError("calibrate", all);

    const calibration = calibrateRuns(positionals.map((name) => readRun(name, machine.workingFolder)));
    for (const warning of shortRunWarnings(calibration)) machine.stderr.write(`Warning: ${warning}\n`);
    const { profile, rows } = calibrateProfile(base.profile, calibration.gaps, "calibrated");
    const taken = rows.map(({ row, gap }) => ({ row, rangeMs: gap?.everyMs ?? null }));
    if (file !== null) {
      const of = (name: CalibratedRow): string =>
        taken
          .filter(({ row }) => row.name === name)
          .map((row) => rowSentence(row, base.profile.name))
          .join("");
      const head = [
        `Made by longrun calibrate from: ${calibration.runs.map(({ id }) => id).join(", ")}.`,
        `Everything without a comment is kept from the profile ${base.profile.name}; soaks do not measure it.`,
      ];
      writeNewFile(file, writePlatformProfile(profile, { head, of }), `--out ${out}`);
    }
    machine.stdout.write(
      json
        ? `${JSON.stringify({ ...calibration, profile }, null, 2)}\n`
        : renderCalibration(calibration, taken, {
            columns: machine.stdout.columns,
            base: base.profile.name,
          }) + (file === null ? "" : `\n${file}\n`),
    );
    return EXIT.pass;
  },
});

function readRun(name: string, workingFolder: string): RunToCalibrate {
  const folder = resolve(workingFolder, name);
  const result = judgeRun(folder);
  const { idleLifeMs } = readManifest(folder, runFolder(folder).manifest).profile;
  return { name, result, idleLifeMs: durationMs(idleLifeMs) };
}

function newFileProblems(file: string, where: string): readonly Problem[] {
  if (existsSync(file))
    return [
      { where, text: "expected a file that does not exist yet, but there is something with this name" },
    ];
  const folder = dirname(file);
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true
    ? []
    : [{ where, text: `expected a file in a folder that exists, but ${folder} is not a folder` }];
}

function writeNewFile(file: string, content: string, where: string): void {
  try {
    writeFileSync(file, content, { flag: "wx" });
  } catch (error) {
    const why = (error as NodeJS.ErrnoException).code ?? String(error);
    throw wrongInput(`${where}: expected a file that can be written, but ${why}.`, {
      cause: error,
    });
  }
}
