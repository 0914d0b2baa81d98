/** `longrun serve`: the local AWS Lambda in the foreground. Its ready line is what other programs wait for. */
import { randomInt } from "node:crypto";
import { resolve } from "node:path";
import { bootstrapFile } from "../../adapters/node/assets.ts";
import { ricPackageOf } from "../../adapters/toolchains/node/ric-packages.ts";
import { nodeFileOf } from "../../adapters/toolchains/node/runtime-nodes.ts";
import { LIFE_LINE_VARIABLE } from "../../adapters/node/life-line.ts";
import { systemClock } from "../../adapters/node/system-clock.ts";
import { EXIT, type ExitCode } from "../../domain/exit-codes.ts";
import { startEngine } from "../../engine/start-engine.ts";
import { single, toggle, type OptionValues } from "../../settings/option.ts";
import {
  anyText,
  duration,
  hostName,
  linkVariables,
  oneOf,
  wholeNumber,
} from "../../settings/value-parsers.ts";
import { RUNTIME_CLIENTS, SEED_MAX } from "../../settings/soak-options.ts";
import { command, type Given } from "../command.ts";
import { makeFolderFor, usableFolderProblems } from "../folder-problems.ts";
import { untilStopped } from "../foreground.ts";
import type { Machine } from "../machine.ts";
import { choosePlatform } from "../soak/platform-plan.ts";
import { toolVersion } from "../tool-version.ts";
import { usageError } from "../usage-error.ts";

const ACCOUNT = "123456789012";

const OPTIONS = {
  host: single(
    {
      placeholder: "ADDRESS",
      description: "Where to listen. The engine runs code: whoever reaches it is you.",
      default: "127.0.0.1",
    },
    hostName,
  ),
  port: single(
    { placeholder: "NUMBER", description: "0 picks a free one.", default: "3001" },
    wholeNumber({ min: 0, max: 65_535 }),
  ),
  "data-dir": single(
    {
      placeholder: "FOLDER",
      description: "Where functions and environments are kept.",
      default: "a temporary one",
    },
    anyText("a folder"),
  ),
  platform: single(
    {
      placeholder: "NAME|FILE",
      description: "What happens to environments: calm, typical, hostile, partition, or a file.",
      default: "calm",
    },
    anyText("a platform profile's name or file"),
  ),
  seed: single(
    { placeholder: "NUMBER", description: "Draws what the platform does." },
    wholeNumber({ min: 0, max: SEED_MAX }),
  ),
  isolation: single(
    { placeholder: "NAME", description: "auto, namespaces or none.", default: "auto" },
    oneOf(["auto", "namespaces", "none"] as const),
  ),
  "runtime-client": single(
    {
      placeholder: "NAME",
      description: "bootstrap (ours) or ric (AWS's aws-lambda-ric, see longrun doctor --install-ric).",
      default: "bootstrap",
    },
    oneOf(RUNTIME_CLIENTS),
  ),
  link: single(
    {
      placeholder: "HOSTVAR:PORTVAR",
      description: "The variables in which a function finds the peer's address, optionally =HOST:PORT.",
      default: "PEER_HOST:PEER_PORT",
    },
    linkVariables,
  ),
  "dead-link-reset": single(
    {
      placeholder: "DURATION",
      description: "After a silent end: reset the peer's connection, as a peer's keep-alive would find out.",
      default: "never",
    },
    duration({ min: 1 }),
  ),
  "state-delay": single(
    {
      placeholder: "DURATION",
      description: "How long a function stays Pending after its creation and InProgress after an update.",
      default: "0ms",
    },
    duration({ min: 0 }),
  ),
  "log-delay": single(
    {
      placeholder: "DURATION",
      description: "How long a log event takes until a reader can see it.",
      default: "0ms",
    },
    duration({ min: 0 }),
  ),
  json: toggle("Print the ready line as JSON."),
} as const;

export const serve = command({
  name: "serve",
  summary: "the local AWS Lambda in the foreground",
  description:
    "Speaks the Lambda API and the part of the CloudWatch Logs API that a soak reads, on one endpoint, for the AWS SDKs, the AWS CLI and Terraform. " +
    "Any access key is taken; the region is the request's. It runs functions as you and is no sandbox. Ends with SIGTERM or Ctrl-C.",
  positional: null,
  options: OPTIONS,
  examples: [
    { command: "longrun serve --port 3001", does: "a Lambda that does what other emulators do" },
    { command: "longrun serve --platform hostile --seed 7", does: "one that ends and replaces environments" },
    { command: "aws lambda list-functions --endpoint-url http://127.0.0.1:3001", does: "speak to it" },
  ],
  reportsProblems: true,
  run: runCommand,
});

async function runCommand(machine: Machine, { values, problems }: Given<typeof OPTIONS>): Promise<ExitCode> {
  const platform = await choosePlatform(values.platform ?? "calm", machine.workingFolder);
  const given = values["data-dir"];
  const dataFolder = given === undefined ? null : resolve(machine.workingFolder, given);
  const all = [
    ...problems,
    ...(platform.ok ? [] : platform.problems),
    ...(dataFolder === null ? [] : usableFolderProblems(dataFolder, `--data-dir ${given}`)),
  ];
  if (all.length > 0 || !platform.ok) throw usageError("serve", all);
  if (dataFolder !== null) makeFolderFor("--data-dir", dataFolder);
  const lifeLine = machine.environment[LIFE_LINE_VARIABLE] === "1" ? [machine.inputEnded()] : [];
  const { stopped, release } = untilStopped(machine, lifeLine);
  const stateDelayMs = values["state-delay"] ?? 0;
  try {
    const engine = await startEngine({
      host: values.host ?? "127.0.0.1",
      port: values.port ?? 3_001,
      dataFolder,
      isolation: values.isolation ?? "auto",
      link: { ...linkOf(values.link), deadLinkResetMs: values["dead-link-reset"] ?? null },
      stateDelays: { createMs: stateDelayMs, updateMs: stateDelayMs },
      logDelayMs: values["log-delay"] ?? 0,
      platform: { profile: platform.profile, seed: values.seed ?? randomInt(0, SEED_MAX + 1) },
      bootstrapFile: bootstrapFile(),
      fleet: {
        nodeFileOf: nodeFileOf(machine.environment),
        ricPackageOf: values["runtime-client"] === "ric" ? ricPackageOf(machine.environment) : null,
      },
      accountId: ACCOUNT,
      clock: systemClock,
      version: toolVersion(),
      report: (problem) => machine.stderr.write(`${problem}\n`),
    });
    const { endpoint, account, isolation } = engine;
    const ready = { event: "ready", endpoint, account, isolation, version: toolVersion() };
    machine.stdout.write(
      values.json === true
        ? `${JSON.stringify(ready)}\n`
        : `The local Lambda is ready at ${endpoint} (account ${account}, isolation ${isolation})\n`,
    );
    await stopped;
    await engine.close();
    return EXIT.pass;
  } finally {
    release();
  }
}

function linkOf(link: OptionValues<typeof OPTIONS>["link"]) {
  const { hostVariable, portVariable, address } = link ?? {
    hostVariable: "PEER_HOST",
    portVariable: "PEER_PORT",
    address: null,
  };
  return { hostVariable, portVariable, upstream: address };
}
