/** `longrun soak`: checks all input and starts the run (run/). */
import { randomInt } from "node:crypto";
import { setMaxListeners } from "node:events";
import { arch, platform as system } from "node:process";
import { relative, resolve } from "node:path";
import { openFileRunStore } from "../../adapters/run-directory/file-run-store.ts";
import { startLeaseTable } from "../../adapters/node/lease-table.ts";
import { readRunFile } from "../../adapters/run-directory/run-files.ts";
import { runFolder } from "../../adapters/run-directory/run-folder.ts";
import { checkPeerListens } from "../../adapters/node/check-peer-listens.ts";
import { systemClock } from "../../adapters/node/system-clock.ts";
import { capacityOf, environmentsAhead } from "../../domain/capacity.ts";
import { EXIT, type ExitCode } from "../../domain/exit-codes.ts";
import type { Plan } from "../../domain/plan-file.ts";
import { drawPlan } from "../../platform/draw-plan.ts";
import { needsLeaseTable } from "../../settings/function-choice.ts";
import { overriddenSentence, reachedPeer } from "../../settings/link-setting.ts";
import type { HiddenValues } from "../../settings/hidden-values.ts";
import type { Problem } from "../../settings/problem.ts";
import { SEED_MAX } from "../../settings/shared-settings.ts";
import { SOAK_SETTINGS, type SoakFlags, type SoakSettings } from "../../settings/soak-settings.ts";
import { runSoak } from "../../run/run-soak.ts";
import type { SoakEnd } from "../../run/soak-end.ts";
import { stop as makeStop } from "../../run/stop.ts";
import { newFolderProblems, usableFolderProblems } from "../folder-problems.ts";
import { command, type Given } from "../command.ts";
import type { Machine } from "../machine.ts";
import { sayCost } from "../soak/say-cost.ts";
import { confirmPeer } from "../soak/confirm-peer.ts";
import { confirmProvoke } from "../soak/confirm-provoke.ts";
import { finishReport } from "../soak/finish-report.ts";
import { hidingStore } from "../soak/hiding-store.ts";
import { inFlightAndPlaces } from "../soak/in-flight-and-places.ts";
import { loadInputs, type LoadedInputs } from "../soak/load-inputs.ts";
import { choosePlatform } from "../soak/platform-plan.ts";
import { progressLine } from "../soak/progress-line.ts";
import { readSettings } from "../soak/read-settings.ts";
import { resumeRun, type ResumedRun } from "../soak/resume-settings.ts";
import { runName } from "../soak/run-name.ts";
import { functionNames, soakInputOf } from "../soak/soak-input-of.ts";
import { soakManifest } from "../soak/soak-manifest.ts";
import { soakPorts } from "../soak/soak-ports.ts";
import { startMetrics, type ServedMetrics } from "../soak/start-metrics.ts";
import { usageError, withoutConsequences } from "../usage-error.ts";

const RUNS_FOLDER = "runs";

export const soak = command({
  name: "soak",
  summary: "invoke functions, observe, judge, report: the main command",
  description:
    "Invokes functions at a steady pace while the platform ends, replaces and initialises execution environments. Then it judges from the logs whether one environment held the peer's only connection and another one failed because of that.\n\n" +
    "Locally it starts its own engine and peer. With --endpoint or --target aws it uses existing functions; on AWS it creates and changes nothing, unless --provoke asks for it. " +
    "Progress is written to standard error. The verdict is written to standard output, with the run directory on the last line. The first Ctrl-C ends the invocations and reports; a second one aborts.",
  positional: null,
  settings: SOAK_SETTINGS,
  examples: [
    {
      command:
        "longrun soak --function init-connect --function handler-connect \\\n    --expect init-connect=fail --expect handler-connect=pass",
      does: "see the failure and the fix under the same plan",
    },
    {
      command: "longrun soak --code build/function.zip --handler index.handler \\\n    --env STAGE=test",
      does: "your own handler",
    },
    {
      command:
        "longrun soak --code handler.mjs --link DATABASE_URL \\\n    --env DATABASE_URL=postgres://me:x@db:5432/app",
      does: "your own server, which the function finds in one variable",
    },
    {
      command: "longrun soak --code handler.mjs --link host --peer db.internal:5432",
      does: "your own server by its name, with nothing changed in the function",
    },
    {
      command:
        "longrun soak --code handler.mjs --link db=DATABASE_URL --env DATABASE_URL=… \\\n    --link broker=host --peer broker=mqtt.internal:1883",
      does: "two servers of your own, each judged on its own",
    },
    {
      command: "longrun soak --function handler-connect --duration 24h --out runs/day",
      does: "a day, into a folder of your choice",
    },
    {
      command:
        "longrun soak --target aws --region eu-central-1 --function my-function \\\n    --duration 24h",
      does: "a function that is deployed on AWS",
    },
    {
      command: "longrun soak --provoke versions --code build/handler.mjs",
      does: "make a second environment by a second version, as AWS would",
    },
    {
      command: "longrun soak --profile soak.yaml --seed 7 --json",
      does: "read settings from a file, repeat the plan of seed 7, print JSON for a script",
    },
  ],
  reportsProblems: true,
  run: runCommand,
});

async function runCommand(machine: Machine, given: Given<typeof SOAK_SETTINGS>): Promise<ExitCode> {
  const settled = await settle(machine, given);
  const { settings, resumed } = settled;
  if (resumed?.lacksOnlyReport === true)
    return show(machine, settings, await finishReport(machine, resumed.folder), resumed.folder);
  await confirmPeer(machine, settings);
  for (const one of settings.links) {
    const reached = reachedPeer(one);
    if (reached !== null && settings.target === "local") await checkPeerListens(reached);
  }
  if (resumed === null) await sayCost(machine, settings);
  await confirmProvoke(machine, settings);
  // Starts the metrics server before the run's folder is made: if its port is in use, no folder is left behind.
  const metrics = await startMetrics(settings);
  try {
    return await runSettled(machine, settled, metrics, given.hidden);
  } finally {
    await metrics?.close();
  }
}

async function runSettled(
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
  const store = hidingStore(openFileRunStore(folder, { resume: resumed !== null }), hidden.find);
  const progress = progressLine(machine.stderr, systemClock);
  if (metrics !== null) progress.say(`metrics: ${metrics.url}`);
  if (plan !== null) progress.say(`platform ${plan.profile}, seed ${plan.seed}`);
  for (const one of settings.links) {
    const overridden = overriddenSentence({ ...one, env: settings.env });
    if (overridden !== null) progress.say(overridden);
  }
  const several = inFlightAndPlaces(settings);
  if (several !== null) progress.say(several);
  const manifest = soakManifest({ ...settled, functionNames: names, now, system: `${system} ${arch}` });
  const stop = makeStop();
  // Each function and each request adds a listener, so Node's warning about many listeners is turned off.
  setMaxListeners(0, stop.drain, stop.abort);
  store.onDiskFull(() => stop.requestDrain("disk-full"));
  const release = machine.onSignal(() => {
    stop.signal();
    progress.say(stop.abort.aborted ? "aborting" : "ending the invocations; Ctrl-C again aborts");
  });
  const lease = settings.functions.some(({ source }) => needsLeaseTable(source))
    ? await startLeaseTable()
    : null;
  try {
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
    });
    const parts = { store, stop, progress, metrics: metrics?.metrics ?? null };
    const end = await runSoak(input, soakPorts(machine, settings, parts));
    progress.end();
    return show(machine, settings, end, folder);
  } finally {
    progress.end();
    release();
    await lease?.close();
  }
}

interface SettledSoak {
  readonly settings: SoakSettings;
  readonly inputs: LoadedInputs;
  readonly plan: Plan | null;
  readonly platform: string | null;
  readonly seed: number | null;
  readonly resumed: ResumedRun | null;
}

/** Checks all input before anything is started, and reports all mistakes together. */
async function settle(machine: Machine, given: Given<typeof SOAK_SETTINGS>): Promise<SettledSoak> {
  const flags: SoakFlags = given.values;
  if (flags.resume !== undefined) return settleResumed(machine, given, flags.resume);
  const { settings, problems } = await readSettings(machine, flags, given.hidden);
  const platform =
    settings.platform === null ? null : await choosePlatform(settings.platform, machine.workingFolder);
  const ofFlags = [...given.problems, ...withoutConsequences(problems, given.problems)];
  const ofPlaces = [
    ...(platform === null || platform.ok ? [] : platform.problems),
    ...outProblems(settings, machine.workingFolder),
  ];
  const inputs = await loadInputs(settings, machine, [...ofFlags, ...ofPlaces], flags["show-values"]);
  refuse([...ofFlags, ...inputs.problems, ...ofPlaces], inputs);
  if (platform === null || !platform.ok)
    return { settings, inputs, plan: null, platform: null, seed: null, resumed: null };
  const seed = settings.seed ?? randomInt(0, SEED_MAX + 1);
  const plan = drawPlan({
    profile: platform.profile,
    seed,
    durationMs: settings.duration,
    intervalMs: settings.interval,
    ahead: environmentsAhead(
      capacityOf(settings.capacity, settings.reservedConcurrency),
      settings.reservedConcurrency,
      settings.keptConnections,
    ),
  });
  return { settings, inputs, plan, platform: platform.described, seed, resumed: null };
}

function outProblems({ out }: SoakSettings, workingFolder: string): readonly Problem[] {
  return out === null
    ? usableFolderProblems(resolve(workingFolder, RUNS_FOLDER), `--out ${RUNS_FOLDER}/…`)
    : newFolderProblems(resolve(workingFolder, out), `--out ${out}`);
}

/** A resumed run keeps its settings and its plan. */
async function settleResumed(
  machine: Machine,
  given: Given<typeof SOAK_SETTINGS>,
  folder: string,
): Promise<SettledSoak> {
  const { run, problems } = resumeRun(given, folder, machine.workingFolder);
  const ofFlags = [...given.problems, ...problems];
  const inputs = await loadInputs(run.settings, machine, ofFlags, given.values["show-values"]);
  refuse([...ofFlags, ...inputs.problems], inputs);
  const { platform, seed } = run.manifest.profile;
  return { settings: run.settings, inputs, plan: run.plan, platform, seed, resumed: run };
}

function refuse(problems: readonly Problem[], inputs: LoadedInputs): void {
  if (problems.length > 0) throw usageError("soak", problems);
  if (inputs.missing !== null) throw inputs.missing;
}

function show(machine: Machine, settings: SoakSettings, end: SoakEnd, folder: string): ExitCode {
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
