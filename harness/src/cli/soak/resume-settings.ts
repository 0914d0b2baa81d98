/**
 * `--resume FOLDER`: the settings come from the run's manifest. A run directory keeps no values of environment variables, so they must be
 * given again.
 */
import { resolve } from "node:path";
import { hasRunFile } from "../../adapters/run-directory/run-files.ts";
import { runFolder } from "../../adapters/run-directory/run-folder.ts";
import { readManifest, readPlan, scanRun } from "../../adapters/run-directory/scan-run.ts";
import { isLongrunError, wrongInput } from "../../base/errors.ts";
import type { Manifest } from "../../record/manifest.ts";
import type { Plan } from "../../record/plan-file.ts";
import { readSettings } from "../../settings/manifest-settings.ts";
import { readList } from "../../settings/parsed.ts";
import type { Problem } from "../../settings/problem.ts";
import { settingsByFlag } from "../../settings/setting-table.ts";
import { brokenRules } from "../../settings/soak-rules.ts";
import { SOAK_SETTINGS, type SoakFlags, type SoakSettings } from "../../settings/soak-settings.ts";
import type { Given } from "../command.ts";
import { placeIn, SCHEDULE, settingsIn } from "./soak-manifest.ts";
import { usageError, withoutConsequences } from "../usage-error.ts";
import { resumeReading, type ResumePoint } from "../../run/resume-point.ts";

export interface ResumedRun {
  readonly settings: SoakSettings;
  readonly manifest: Manifest;
  readonly plan: Plan | null;
  readonly point: ResumePoint;
  readonly folder: string;
  /** The run itself has ended, but its process was killed before the report was written. */
  readonly lacksOnlyReport: boolean;
}

export function resumeRun(
  { values: flags, problems: inFlags }: Pick<Given<typeof SOAK_SETTINGS>, "values" | "problems">,
  folder: string,
  workingFolder: string,
): { readonly run: ResumedRun; readonly problems: readonly Problem[] } {
  const path = resolve(workingFolder, folder);
  const settingsByName = settingsByFlag(SOAK_SETTINGS);
  const notKept: Problem[] = Object.keys(flags)
    .filter((flag) => settingsByName.get(flag)?.withResume !== true)
    .map((flag) => ({
      where: `--${flag}`,
      text: "works only with a new run; a resumed run keeps its settings",
    }));
  const others = [...inFlags, ...withoutConsequences(notKept, inFlags)];
  const { manifest, plan } = orRefuse({ folder, path, others }, () => ({
    manifest: readManifest(path, runFolder(path).manifest),
    plan: readPlan(path),
  }));
  const members = settingsIn(manifest);
  if (members === null) {
    throw wrongInput(`--resume ${folder}: expected a run that \`longrun soak\` began.`);
  }
  if (SCHEDULE in members) {
    throw wrongInput(
      `--resume ${folder}: expected a run that \`longrun soak\` began; longrun replay plays a schedule from its beginning.`,
      { hint: `longrun undo ${folder} undoes what is left of it.` },
    );
  }
  const lacksOnlyReport = manifest.status === "ended" && !hasRunFile(path, runFolder(path).result);
  if (manifest.status === "ended" && !lacksOnlyReport) {
    throw wrongInput(
      `--resume ${folder}: expected a run that was killed or interrupted; this one has ended.`,
      { hint: `longrun analyze ${folder}` },
    );
  }
  const target = members["target"] === "aws" ? "aws" : "local";
  const kept = readSettings(SOAK_SETTINGS, members, flags, { target, awsRegion: null });
  const variables = readVariables(members["env"]);
  const broken = kept.ok
    ? brokenRules({ settings: kept.settings, given: {}, awsRegion: kept.settings.region })
    : kept.problems;
  const damaged = [...broken, ...variables.problems].map((problem) => ({
    ...problem,
    where: `${folder}/manifest.json ${placeIn(manifest, problem.where)}`,
  }));
  if (kept.ok && kept.settings.platform !== null && plan === null)
    damaged.push({
      where: `${folder}/plan.json`,
      text: "expected the plan of this run; without it the local engine would initialise no environment ahead",
    });
  if (!kept.ok || damaged.length > 0) throw usageError("soak", [...others, ...damaged]);
  const settings = { ...kept.settings, out: folder };
  return {
    run: {
      settings,
      manifest,
      plan,
      point: orRefuse({ folder, path, others }, () => pointOf(path, manifest, settings)),
      folder: path,
      lacksOnlyReport,
    },
    problems: [...notKept, ...missingVariables(variables.names, flags)],
  };
}

function readVariables(json: unknown): {
  readonly names: readonly string[];
  readonly problems: readonly Problem[];
} {
  const read = readList(json ?? [], SOAK_SETTINGS.env.value.read);
  return read.ok
    ? { names: read.value.map(({ key }) => key), problems: [] }
    : { names: [], problems: [{ where: "settings.env", text: `expected ${read.expected}` }] };
}

function missingVariables(names: readonly string[], { env = [] }: SoakFlags): readonly Problem[] {
  return names
    .filter((name) => !env.some(({ key }) => key === name))
    .map((name) => ({
      where: "--env",
      text: `expected ${name}=VALUE again: a run directory keeps no values of variables`,
    }));
}

function pointOf(
  path: string,
  { functions }: Manifest,
  { settle, reservedConcurrency }: SoakSettings,
): ResumePoint {
  const labels = functions.map(({ name }) => name);
  const reading = resumeReading(labels, { overlapMs: settle, inFlight: reservedConcurrency });
  const run = scanRun(path, reading);
  return reading.point(run.applied ?? []);
}

interface ResumeRefusal {
  readonly folder: string;
  readonly path: string;
  readonly others: readonly Problem[];
}

/** An invalid run folder is reported together with the other usage errors. */
function orRefuse<Read>({ folder, path, others }: ResumeRefusal, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (!isLongrunError(error) || error.code !== "usage") throw error;
    const text = error.message.replace(`${path}: `, "").replace(/\.$/, "");
    throw usageError("soak", [...others, { where: `--resume ${folder}`, text }]);
  }
}
