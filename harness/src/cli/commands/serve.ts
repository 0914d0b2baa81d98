import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import { bootstrapFile } from "../../adapters/node/assets.ts";
import { ricPackageOf } from "../../adapters/toolchains/node/ric-packages.ts";
import { installedClientOf, interpreterOf } from "../../adapters/toolchains/interpreters.ts";
import { LIFE_LINE_VARIABLE } from "../../adapters/node/life-line.ts";
import { compileEarly } from "../../adapters/node/compile-early.ts";
import { preferSmallMemory } from "../../adapters/node/prefer-small-memory.ts";
import { systemClock } from "../../adapters/node/system-clock.ts";
import { EXIT, type ExitCode } from "../../words/exit-codes.ts";
import { isLoopback } from "../../words/own-host.ts";
import { startEngine } from "../../engine/start-engine.ts";
import { launcherOf } from "../../catalogue/runtimes/launcher.ts";
import { SERVE_SETTINGS } from "../../settings/serve-settings.ts";
import { serveTiming } from "../../settings/serve-timing.ts";
import { protocolChosen } from "../../catalogue/protocols/all-protocols.ts";
import { serveLinks } from "../../settings/peer-links.ts";
import { linkPlace, reachedPeer } from "../../settings/link-setting.ts";
import { SEED_MAX } from "../../settings/shared-settings.ts";
import { command, type Given } from "../command.ts";
import { makeFolderFor, usableFolderProblems } from "../folder-problems.ts";
import { untilStopped } from "../foreground.ts";
import { wantsColour, type Machine } from "../machine.ts";
import { serveLog } from "../serve-log.ts";
import { LOCAL_REGION } from "../../words/local-region.ts";
import { choosePlatform } from "../soak/platform-plan.ts";
import { toolVersion } from "../../adapters/node/tool-version.ts";
import { usageError } from "../usage-error.ts";

const ACCOUNT = "123456789012";

export const serve = command({
  name: "serve",
  description:
    "Serves the Lambda API and the part of the CloudWatch Logs API that a soak reads, on one endpoint, for the AWS SDKs, the AWS CLI and Terraform. " +
    "It accepts any access key, and takes the region from the request. It runs functions as your user and is no sandbox. Ends with SIGTERM or Ctrl-C.",
  positional: null,
  settings: SERVE_SETTINGS,
  examples: [
    {
      command: "longrun serve --port 3001",
      does: "environments are created only for invocations, as in other emulators",
    },
    {
      command: "longrun serve --platform hostile --seed 7",
      does: "environments are also ended and replaced",
    },
    {
      command: "longrun serve --timing aws",
      does: "a client waits for states and logs as long as on AWS",
    },
    {
      command: "longrun serve --link DATABASE_URL",
      does: "each environment reaches the server in this variable through a link",
    },
    {
      command: "aws lambda list-functions --endpoint-url http://127.0.0.1:3001",
      does: "use it with the AWS CLI",
    },
  ],
  reportsProblems: true,
  run: runCommand,
});

/** What a shell needs so that the AWS CLI and the SDKs use the engine. The engine accepts every key. */
function exportsOf(endpoint: string): string {
  return [
    "In another terminal, for the AWS CLI and the SDKs:",
    `  export AWS_ENDPOINT_URL=${endpoint}`,
    `  export AWS_REGION=${LOCAL_REGION} AWS_DEFAULT_REGION=${LOCAL_REGION}`,
    "  export AWS_ACCESS_KEY_ID=longrun AWS_SECRET_ACCESS_KEY=longrun",
    "",
  ].join("\n");
}

async function runCommand(
  machine: Machine,
  { values, settings, problems }: Given<typeof SERVE_SETTINGS>,
): Promise<ExitCode> {
  preferSmallMemory();
  const linked = serveLinks(values);
  const platform = await choosePlatform(settings.platform, machine.workingFolder);
  const given = settings.dataFolder;
  const dataFolder = given === null ? null : resolve(machine.workingFolder, given);
  const all = [
    ...problems,
    ...(platform.ok ? [] : platform.problems),
    ...linked.problems,
    ...(dataFolder === null ? [] : usableFolderProblems(dataFolder, `--data-dir ${given}`)),
  ];
  if (all.length > 0 || !platform.ok) throw usageError("serve", all);
  if (dataFolder !== null) makeFolderFor("--data-dir", dataFolder);
  const lifeLine = machine.environment[LIFE_LINE_VARIABLE] === "1" ? [machine.inputEnded()] : [];
  const { stopped, release } = untilStopped(machine, lifeLine);
  const { host, port, deadLinkResetMs } = settings;
  const { stateDelayMs, logDelayMs } = serveTiming(settings);
  // Only to a terminal: a program that does not read would stop the engine when the pipe is full.
  const says = machine.stderr.isTerminal && !settings.quiet && lifeLine.length === 0;
  const sentence = serveLog(wantsColour(machine, machine.stderr));
  try {
    const engine = await startEngine({
      host,
      port,
      dataFolder,
      isolation: settings.isolation,
      links: linked.links.map((one) => ({
        ...(one.name === null ? {} : { peer: one.name }),
        place: linkPlace(one),
        upstreamOf: () => reachedPeer(one),
        deadLinkResetMs,
        protocol: protocolChosen(one.protocol),
      })),
      stateDelays: { createMs: stateDelayMs, updateMs: stateDelayMs },
      logDelayMs,
      platform: { profile: platform.profile, seed: settings.seed ?? randomInt(0, SEED_MAX + 1) },
      bootstrapFile: bootstrapFile(),
      fleet: {
        interpreterOf: interpreterOf(machine.environment),
        installedClientOf: installedClientOf(machine.environment),
        parked: settings.parked,
        tenantEnvironments: settings.tenantEnvironments,
        launcher: launcherOf(settings.launcher, machine.environment),
        // A soak that started this engine reports the links itself.
        ...(lifeLine.length > 0
          ? {}
          : { reportLink: (notice: string) => void machine.stderr.write(`${notice}\n`) }),
        ricPackageOf: settings.runtimeClient === "ric" ? ricPackageOf(machine.environment) : null,
      },
      accountId: ACCOUNT,
      clock: systemClock,
      version: toolVersion(),
      report: (problem) => machine.stderr.write(`${problem}\n`),
      ...(says ? { written: (line) => machine.stderr.write(sentence(line)) } : {}),
    });
    const { endpoint, account, isolation } = engine;
    const ready = { event: "ready", endpoint, account, isolation, version: toolVersion() };
    machine.stdout.write(
      settings.json
        ? `${JSON.stringify(ready)}\n`
        : `The local Lambda is ready at ${endpoint} (account ${account}, isolation ${isolation})\n`,
    );
    if (says) machine.stderr.write(exportsOf(endpoint));
    if (!isLoopback(host))
      machine.stderr.write(
        `Whoever can reach ${endpoint} can run code as you, because the engine accepts every signature.\n`,
      );
    compileEarly();
    await stopped;
    await engine.close();
    return EXIT.pass;
  } finally {
    release();
  }
}
