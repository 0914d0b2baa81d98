/**
 * `--resume FOLDER`: the settings that a run was started with, out of its own manifest, and the point at which it goes
 * on. Values of environment variables are not kept in a run directory, so these are asked for again.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { runFolder } from "../../adapters/run-directory/run-folder.ts";
import { readManifest, readPlan, scanRun } from "../../adapters/run-directory/scan-run.ts";
import { isLongrunError, LongrunError } from "../../domain/errors.ts";
import type { Manifest } from "../../domain/manifest.ts";
import type { Plan } from "../../domain/plan.ts";
import type { Problem } from "../../settings/option.ts";
import type { SOAK_OPTIONS } from "../../settings/soak-options.ts";
import type { SoakSettings } from "../../settings/soak-settings.ts";
import type { Given } from "../command.ts";
import { usageError, withoutConsequences } from "../usage-error.ts";
import { resumeReading, type ResumePoint } from "../../run/resume-point.ts";

export interface ResumedRun {
  readonly settings: SoakSettings;
  readonly manifest: Manifest;
  readonly plan: Plan | null;
  readonly point: ResumePoint;
  readonly folder: string;
}

const GO_WITH_RESUME = ["resume", "yes", "json", "env", "metrics"];

/** What a manifest keeps of the settings: everything but the values of the user's variables. */
export function settingsForManifest(settings: SoakSettings): Readonly<Record<string, unknown>> {
  return { ...settings, env: settings.env.map(({ key }) => ({ key, value: null })) };
}

export function resumeRun(
  { values: flags, problems: inFlags }: Pick<Given<typeof SOAK_OPTIONS>, "values" | "problems">,
  folder: string,
  workingFolder: string,
): { readonly run: ResumedRun; readonly problems: readonly Problem[] } {
  const path = resolve(workingFolder, folder);
  const notKept: Problem[] = Object.keys(flags)
    .filter((name) => !GO_WITH_RESUME.includes(name))
    .map((name) => ({ where: `--${name}`, text: "goes with a new run; a resumed one keeps its settings" }));
  const others = [...inFlags, ...withoutConsequences(notKept, inFlags)];
  const { manifest, plan } = orRefuse({ folder, path, others }, () => ({
    manifest: readManifest(path, runFolder(path).manifest),
    plan: readPlan(path),
  }));
  if (manifest.settings === undefined || manifest.settings === null) {
    throw new LongrunError("usage", `--resume ${folder}: expected a run that \`longrun soak\` began.`);
  }
  if (manifest.status === "ended") {
    throw new LongrunError(
      "usage",
      `--resume ${folder}: expected a run that was killed or interrupted; this one has ended.`,
      { hint: hintOfEnded(folder, existsSync(runFolder(path).result)) },
    );
  }
  const kept = manifest.settings as unknown as SoakSettings;
  const problems = notKept;
  const env = flags.env ?? [];
  const wanted = kept.env.map(({ key }) => key).filter((key) => !env.some((one) => one.key === key));
  for (const key of wanted)
    problems.push({
      where: "--env",
      text: `expected ${key}=VALUE again: a run directory keeps no values of variables`,
    });
  // Runs of before know no peer logs.
  const peerLogs = (kept as Partial<SoakSettings>).peerLogs ?? [];
  const settings = {
    ...kept,
    peerLogs,
    env,
    metrics: flags.metrics ?? null,
    yes: flags.yes ?? false,
    json: flags.json ?? false,
    out: folder,
  };
  return {
    run: {
      settings,
      manifest,
      plan,
      point: orRefuse({ folder, path, others }, () => pointOf(path, manifest)),
      folder: path,
    },
    problems,
  };
}

/** One that was killed while it was judged has all of its evidence and no report. */
function hintOfEnded(folder: string, judged: boolean): string {
  return judged
    ? `longrun analyze ${folder}`
    : `Only its report is missing: longrun analyze ${folder}, or longrun report ${folder} --format html`;
}

function pointOf(path: string, { functions, profile }: Manifest): ResumePoint {
  const labels = functions.map(({ name }) => name);
  const reading = resumeReading(labels, profile.settleMs);
  scanRun(path, () => reading);
  return reading.point();
}

interface Refusal {
  readonly folder: string;
  readonly path: string;
  readonly others: readonly Problem[];
}

/** A folder that is no run is told with the other mistakes. */
function orRefuse<Read>({ folder, path, others }: Refusal, read: () => Read): Read {
  try {
    return read();
  } catch (error) {
    if (!isLongrunError(error) || error.code !== "usage") throw error;
    const text = error.message.replace(`${path}: `, "").replace(/\.$/, "");
    throw usageError("soak", [...others, { where: `--resume ${folder}`, text }]);
  }
}
