/** Every setting of a soak: a flag on the command line and a key in a profile file. */
import { VERDICTS, type Verdict } from "../domain/verdict.ts";
import { labelledCode, labelledFunction, labelledLogGroup } from "./function-choice.ts";
import { accept, expected, repeatable, single, toggle, type OptionValues, type Parsed } from "./option.ts";
import * as value from "./value-parsers.ts";

export const PLATFORM_NAMES = ["calm", "typical", "hostile", "partition"] as const;
export const ADMISSIONS = ["refuse", "backlog", "evict"] as const;
export const RUNTIMES = ["nodejs22.x", "nodejs24.x"] as const;
export const RUNTIME_CLIENTS = ["bootstrap", "ric"] as const;

/** Seeds are what a 32-bit generator takes. */
export const SEED_MAX = 4_294_967_295;

const driving = {
  target: single(
    { placeholder: "local|aws", description: "Where the functions run.", default: "local" },
    value.oneOf(["local", "aws"] as const),
  ),
  endpoint: single(
    {
      placeholder: "URL",
      description: "Attach to a running engine (longrun serve) instead of starting one.",
    },
    value.httpUrl,
  ),
  function: repeatable(
    {
      placeholder: "[LABEL=]NAME",
      description:
        "The function: locally a shipped design (init-connect, lazy-connect, graceful-connect, handler-connect, lease-connect), else the name or ARN of one that exists. Several run side by side under the same plan.",
    },
    labelledFunction,
  ),
  code: repeatable(
    {
      placeholder: "[LABEL=]FILE",
      description:
        "Your own handler: a deployment package (.zip), a folder, or a source file (.mjs, .js, .cjs, .ts) that is bundled with what it imports.",
    },
    labelledCode,
  ),
  "terraform-outputs": single(
    {
      placeholder: "FILE|-",
      description:
        "What `terraform output -json` printed: functions, region, log groups of managed peers. With --function LABEL only those.",
    },
    value.anyText("a file with Terraform's outputs, or -"),
  ),
  duration: single(
    { placeholder: "LENGTH", description: "How long to drive.", default: "60s" },
    value.duration({ min: 1_000, example: "1s" }),
  ),
  interval: single(
    { placeholder: "LENGTH", description: "Time between two invocations.", default: "1s, 60s on AWS" },
    value.duration({ min: 20 }),
  ),
  platform: single(
    {
      placeholder: "NAME|FILE",
      description:
        "What the local platform does to environments: calm, typical, hostile, partition, or a file.",
      default: "typical",
    },
    value.anyText("a platform profile's name or file"),
  ),
  seed: single(
    { placeholder: "NUMBER", description: "Draws the plan; drawn and printed when not given." },
    value.wholeNumber({ min: 0, max: SEED_MAX }),
  ),
  profile: single(
    { placeholder: "FILE", description: "YAML file with any of these settings; flags win." },
    value.anyText("a file"),
  ),
} as const;

const asking = {
  event: single(
    { placeholder: "JSON|FILE", description: "What each invocation is given.", default: "{}" },
    value.anyText("JSON or a file with JSON"),
  ),
  success: single(
    {
      placeholder: "EXPR",
      description: "JSONata over the answer's payload; where it is not true, the invocation failed.",
    },
    value.anyText("a JSONata expression such as 'ok = true'"),
  ),
} as const;

const facing = {
  peer: single(
    {
      placeholder: "HOST:PORT",
      description: "Your own machine instead of a peer of ours; one function only.",
    },
    value.hostPort,
  ),
  "peer-log-group": repeatable(
    {
      placeholder: "[LABEL=]NAME",
      description:
        "The log group into which a managed peer writes; without a label, that of the only function.",
    },
    labelledLogGroup,
  ),
  admission: single(
    {
      placeholder: "NAME",
      description: "What our peer does with a second connection: refuse, backlog or evict.",
      default: "refuse",
    },
    value.oneOf(ADMISSIONS),
  ),
  link: single(
    {
      placeholder: "HOSTVAR:PORTVAR",
      description: "The variables in which a function finds the peer's address, optionally =HOST:PORT.",
      default: "PEER_HOST:PEER_PORT",
    },
    value.linkVariables,
  ),
  handler: single(
    {
      placeholder: "NAME",
      description: "Handler of --code.",
      default: "index.handler; of a .mjs its own name",
    },
    value.anyText("a handler such as index.handler"),
  ),
  runtime: single(
    { placeholder: "NAME", description: "nodejs22.x or nodejs24.x.", default: "nodejs22.x" },
    value.oneOf(RUNTIMES),
  ),
  "runtime-client": single(
    {
      placeholder: "NAME",
      description:
        "The program that runs the local functions: bootstrap (ours), or ric (AWS's aws-lambda-ric, see longrun doctor --install-ric).",
      default: "bootstrap",
    },
    value.oneOf(RUNTIME_CLIENTS),
  ),
  memory: single(
    { placeholder: "MEGABYTES", description: "Memory of the local functions.", default: "256" },
    value.wholeNumber({ min: 128, max: 10_240 }),
  ),
  "function-timeout": single(
    { placeholder: "LENGTH", description: "Time-out of the local functions, whole seconds.", default: "10s" },
    functionTimeout,
  ),
  env: repeatable(
    { placeholder: "KEY=VALUE", description: "A variable of the local functions." },
    value.environmentVariable,
  ),
  region: single(
    { placeholder: "NAME", description: "AWS region.", default: "AWS_REGION, us-east-1 locally" },
    value.awsRegion,
  ),
} as const;

const judging = {
  threshold: repeatable(
    {
      placeholder: "EXPR",
      description:
        "A bound on a figure of result.json such as 'harm.total <= 0'; broken, the verdict is fail.",
    },
    value.anyText("a threshold such as 'latencyMs.p99 < 500'"),
  ),
  expect: repeatable(
    {
      placeholder: "LABEL=VERDICT",
      description: "The verdict a function should get: pass, fail or inconclusive.",
    },
    expectation,
  ),
  "stop-on": single(
    { placeholder: "harm", description: "End the drive at the first harm seen." },
    value.oneOf(["harm"] as const),
  ),
  settle: single(
    { placeholder: "LENGTH", description: "How long to wait for late logs.", default: "2s, 10m on AWS" },
    value.duration({ min: 0 }),
  ),
  "clock-tolerance": single(
    {
      placeholder: "LENGTH",
      description: "How far apart two clocks may be where nothing bounds it better.",
      default: "1s",
    },
    value.duration({ min: 0 }),
  ),
  "idle-life": single(
    {
      placeholder: "LENGTH",
      description: "How long an environment whose end nobody saw counts as alive after its Init.",
      default: "5m",
    },
    value.duration({ min: 0 }),
  ),
} as const;

const keeping = {
  out: single(
    { placeholder: "FOLDER", description: "The run directory, new or empty.", default: "runs/TIME-SEED" },
    value.anyText("a folder"),
  ),
  resume: single(
    { placeholder: "FOLDER", description: "Go on with a run that was killed." },
    value.anyText("a run directory"),
  ),
  metrics: single(
    {
      placeholder: "[HOST]:PORT",
      description: "Serve figures for Prometheus at /metrics while the run goes; without HOST on 127.0.0.1.",
    },
    value.listenAddress,
  ),
  yes: toggle("Do not ask before a soak against your own machine, nor before one that may cost much."),
  json: toggle("Print result.json instead of the table."),
} as const;

export const SOAK_OPTIONS = { ...driving, ...asking, ...facing, ...judging, ...keeping } as const;
export type SoakFlags = OptionValues<typeof SOAK_OPTIONS>;

function functionTimeout(text: string): Parsed<number> {
  const parsed = value.duration({ min: 1_000, example: "1s" })(text);
  if (!parsed.ok) return parsed;
  return parsed.value % 1_000 === 0 && parsed.value <= 900_000
    ? parsed
    : expected("whole seconds from 1s to 15m");
}

function expectation(text: string): Parsed<value.KeyValue<Verdict>> {
  const match = /^([^=]+)=(.+)$/.exec(text);
  const verdict = VERDICTS.find((name) => name === match?.[2]);
  if (match === null || verdict === undefined)
    return expected("LABEL=pass, LABEL=fail or LABEL=inconclusive");
  return accept({ key: match[1] ?? "", value: verdict });
}
