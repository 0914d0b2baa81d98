/** `longrun soak`: checks all input and starts the run (run/). */
import { randomInt } from "node:crypto";
import { checkPeerListens } from "../../adapters/node/check-peer-listens.ts";
import { capacityOf, environmentsAhead } from "../../words/capacity.ts";
import type { ExitCode } from "../../words/exit-codes.ts";
import { drawPlan } from "../../platform/draw-plan.ts";
import { reachedPeer } from "../../settings/link-setting.ts";
import type { Problem } from "../../settings/problem.ts";
import { SEED_MAX } from "../../settings/shared-settings.ts";
import { SOAK_SETTINGS, type SoakFlags } from "../../settings/soak-settings.ts";
import { command, type Given } from "../command.ts";
import type { Machine } from "../machine.ts";
import { sayCost } from "../soak/say-cost.ts";
import { confirmPeer } from "../soak/confirm-peer.ts";
import { confirmProvoke } from "../soak/confirm-provoke.ts";
import { loadInputs, type LoadedInputs } from "../soak/load-inputs.ts";
import { choosePlatform } from "../soak/platform-plan.ts";
import { probePeers } from "../soak/probe-peers.ts";
import { readSettings } from "../soak/read-settings.ts";
import { resumeRun } from "../soak/resume-settings.ts";
import { finishReport, outProblems, runSettled, showEnd, type SettledSoak } from "../soak/run-settled.ts";
import { startMetrics } from "../soak/start-metrics.ts";
import { usageError, withoutConsequences } from "../usage-error.ts";

export const soak = command({
  name: "soak",
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
      command:
        "longrun soak --target aws --function my-function --provoke versions --copy \\\n    --peer 10.0.0.9:5432 --link DATABASE_URL",
      does: "the same on a copy of a deployed function, with another machine",
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
    return showEnd(machine, settings, await finishReport(machine, resumed.folder), resumed.folder);
  await confirmPeer(machine, settings);
  const probes = resumed === null && settings.probe === "yes";
  for (const one of settings.links) {
    const reached = reachedPeer(one);
    if (reached !== null && settings.target === "local" && !probes) await checkPeerListens(reached);
  }
  if (resumed === null) await sayCost(machine, settings);
  await confirmProvoke(machine, "longrun soak --provoke", settings);
  const probed = probes ? await probePeers(machine, settings) : [];
  // Starts the metrics server before the run's folder is made: if its port is in use, no folder is left behind.
  const metrics = await startMetrics(settings);
  try {
    return await runSettled(machine, { ...settled, probed }, metrics, given.hidden);
  } finally {
    await metrics?.close();
  }
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
