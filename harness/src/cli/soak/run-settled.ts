/** Runs a soak whose input was checked, and shows its verdict. `replay --target aws` is such a soak too, with the steps of its schedule. */
import { setMaxListeners } from "node:events";
import { arch, platform as system } from "node:process";
import { relative, resolve } from "node:path";
import { beginRun, openFileRunStore } from "../../adapters/run-directory/file-run-store.ts";
import { startLeaseTable } from "../../adapters/node/lease-table.ts";
import { readRunFile } from "../../adapters/run-directory/run-files.ts";
import { runFolder } from "../../adapters/run-directory/run-folder.ts";
import { systemClock } from "../../adapters/node/system-clock.ts";
import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import type { LeverStep } from "../../words/lever.ts";
import type { ProbedPeer } from "../../record/probe.ts";
import type { Plan } from "../../record/plan-file.ts";
import { needsLeaseTable } from "../../settings/function-choice.ts";
import { overriddenSentence } from "../../settings/link-setting.ts";
import type { HiddenValues } from "../../settings/hidden-values.ts";
import type { Problem } from "../../settings/problem.ts";
import type { SoakSettings } from "../../settings/soak-settings.ts";
import { runSoak } from "../../run/run-soak.ts";
import type { SoakEnd } from "../../run/soak-end.ts";
import { stop as makeStop } from "../../run/stop.ts";
import { newFolderProblems, usableFolderProblems } from "../folder-problems.ts";
import type { Machine } from "../machine.ts";
import { serverLogs } from "../server-logs.ts";
import { inFlightAndPlaces } from "./in-flight-and-places.ts";
import type { LoadedInputs } from "./load-inputs.ts";
import { progressLine } from "./progress-line.ts";
import type { ResumedRun } from "./resume-settings.ts";
import { runName } from "./run-name.ts";
import { functionNames, soakInputOf } from "./soak-input-of.ts";
import { soakManifest } from "./soak-manifest.ts";
import { runJudge, soakPorts } from "./soak-ports.ts";
import type { ServedMetrics } from "./start-metrics.ts";

const RUNS_FOLDER = "runs";

export interface SettledSoak {
  readonly settings: SoakSettings;
  readonly inputs: LoadedInputs;
  readonly plan: Plan | null;
  readonly platform: string | null;
  readonly seed: number | null;
  readonly resumed: ResumedRun | null;
  /** What `--probe yes` saw. Absent if no peer was probed. */
  readonly probed?: readonly ProbedPeer[];
  /** The steps of `replay --target aws`. Absent in a soak. */
  readonly schedule?: readonly LeverStep[];
}

export async function runSettled(
  machine: Machine,
  settled: SettledSoak,
  metrics: ServedMetrics | null,
  hidden: HiddenValues,
): Promise<ExitCode> {
  const { settings, inputs, plan, resumed } = settled;
  const now = systemClock.now();
  const run = runName(now, settled.seed);
  const folder = resumed?.folder ?? resolve(machine.workingFolder, settings.out ?? `${RUNS_FOLDER}/${run}`);
  const names = functionNames(settings, run, resumed?.manifest ?? null);
  // What can be refused is refused before the folder of the run is made.
  const files = serverLogs(machine.workingFolder, settings);
  const manifest = soakManifest({ ...settled, functionNames: names, now, system: `${system} ${arch}` });
  const progress = progressLine(machine.stderr, systemClock);
  const stop = makeStop();
  // Each function and each request adds a listener, so Node's warning about many listeners is turned off.
  setMaxListeners(0, stop.drain, stop.abort);
  const release = machine.onSignal(() => {
    stop.signal();
    progress.say(stop.abort.aborted ? "aborting" : "ending the invocations; Ctrl-C again aborts");
  });
  const lease = settings.functions.some(({ source }) => needsLeaseTable(source))
    ? await startLeaseTable()
    : null;
  try {
    const begins = { plan, manifest };
    const store = beginRun(folder, begins, { resume: resumed !== null, hidden: hidden.find });
    store.onDiskFull(() => stop.requestDrain("disk-full"));
    if (metrics !== null) progress.say(`metrics: ${metrics.url}`);
    if (plan !== null) progress.say(`platform ${plan.profile}, seed ${plan.seed}`);
    for (const one of settings.links) {
      const overridden = overriddenSentence({ ...one, env: settings.env });
      if (overridden !== null) progress.say(overridden);
    }
    const several = inFlightAndPlaces(settings);
    if (several !== null) progress.say(several);
    const leaseTable = lease?.environment ?? null;
    const input = soakInputOf({
      run,
      settings,
      inputs,
      plan,
      manifest,
      functionNames: names,
      resume: resumed?.point ?? null,
      leaseTable,
      schedule: settled.schedule ?? null,
    });
    const parts = { store, stop, progress, serverLogs: files, metrics: metrics?.metrics ?? null };
    const end = await runSoak(input, soakPorts(machine, settings, parts));
    progress.end();
    return showEnd(machine, settings, end, folder);
  } finally {
    progress.end();
    release();
    await lease?.close();
  }
}

/** Judges a run that ended but was killed before its report was written. */
export async function finishReport(machine: Machine, folder: string): Promise<SoakEnd> {
  // The store claims the folder, and removes what the killed process left in it.
  const store = openFileRunStore(folder, { resume: true });
  const judge = runJudge(machine, folder);
  try {
    store.makeRoom();
    machine.stderr.write("the run has ended; only its report is made\n");
    return { kind: "judged", judged: await judge.seal(), interrupted: false, failure: null };
  } finally {
    await judge.close();
    store.close();
  }
}

export function showEnd(machine: Machine, settings: SoakSettings, end: SoakEnd, folder: string): ExitCode {
  const path = relative(machine.workingFolder, folder);
  const shown = path.startsWith("..") ? folder : path;
  if (end.kind === "aborted") {
    machine.stderr.write(`Aborted. The evidence so far can be judged: longrun analyze ${shown}\n`);
    return EXIT.interrupted;
  }
  const text = `${end.judged.text}\nReport: ${runFolder(shown).html}\n${shown}\n`;
  machine.stdout.write(settings.json ? (readRunFile(folder, runFolder(folder).result) ?? "") : text);
  if (end.failure !== null) throw end.failure;
  return end.interrupted ? EXIT.interrupted : end.judged.exitCode;
}

export function outProblems({ out }: SoakSettings, workingFolder: string): readonly Problem[] {
  return out === null
    ? usableFolderProblems(resolve(workingFolder, RUNS_FOLDER), `--out ${RUNS_FOLDER}/…`)
    : newFolderProblems(resolve(workingFolder, out), `--out ${out}`);
}
