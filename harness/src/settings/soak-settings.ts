import { ADMISSION_CHOICE } from "../words/admission.ts";
import { DEFAULT_IN_FLIGHT, RESERVED_CONCURRENCY_MAX } from "../words/capacity.ts";
import { DEFAULT_MEMORY_MB, DEFAULT_TIMEOUT_SECONDS } from "../words/function-size.ts";
import { LOCAL_REGION } from "../words/local-region.ts";
import { DEFAULT_PROFILE, PLATFORM_PROFILES } from "../record/plan.ts";
import { SERVERS_WITH_LOG } from "../words/server-log-kinds.ts";
import { VERDICTS, type Verdict } from "../words/verdict.ts";
import { durationMs, type DurationMs } from "../base/time.ts";
import { DESIGNS, functionChoices, labelledCode } from "./function-choice.ts";
import { accept, expected, type Parsed } from "./parsed.ts";
import { JUDGING_SETTINGS, LATE_LOGS } from "./judging-settings.ts";
import { firstPeer, largestCapacity, peerLinks } from "./peer-links.ts";
import { labelledLogGroup, peerLogSettings } from "./peer-log-setting.ts";
import type { FlagValues, KeptTable, SettingValues } from "./setting-table.ts";
import {
  flagOnly,
  judging,
  recorded,
  repeated,
  setting,
  type DefaultFacts,
  type Derived,
} from "./setting.ts";
import { PROVOKE_SETTINGS } from "./provoke-settings.ts";
import * as shared from "./shared-settings.ts";
import { ENV, SHOW_VALUES } from "./variable-settings.ts";
import * as kinds from "./value-kinds.ts";
import { hostPort, ofPeer, type KeyValue } from "./value-parsers.ts";

const driving = {
  target: shared.TARGET,
  endpoint: shared.ENDPOINT,
  function: flagOnly({
    ...shared.FUNCTION,
    help: `The function: locally a shipped design (${DESIGNS.join(", ")}), with --target aws or --endpoint the name or ARN of an existing function. Several functions run side by side under the same plan.`,
  }),
  code: flagOnly(
    repeated("code", {
      takes: "[LABEL=]FILE",
      help: shared.CODE_HELP,
      value: { parse: labelledCode },
      localOnly: true,
    }),
  ),
  functions: functionChoices,
  terraformOutputs: flagOnly({
    ...shared.TERRAFORM_OUTPUTS,
    help: "The output of `terraform output -json`: functions, region, log groups of managed peers. With --function LABEL, only these functions.",
  }),
  duration: recorded(
    "durationMs",
    setting("duration", {
      takes: "LENGTH",
      help: "How long to invoke the functions.",
      default: { local: "60s", aws: "15m" },
      value: kinds.duration({ min: 1_000, example: "1s" }),
    }),
  ),
  interval: recorded(
    "intervalMs",
    setting("interval", {
      takes: "LENGTH",
      help: "Time between two invocations.",
      default: { local: "1s", aws: "60s" },
      value: kinds.duration({ min: 20 }),
    }),
  ),
  reservedConcurrency: recorded(
    "reservedConcurrency",
    judging(
      "inFlight",
      "both",
      setting("reserved-concurrency", {
        takes: "NUMBER",
        help: "The largest number of invocations of a function in flight. This many are sent together at each interval. For a local function it is also its reserved concurrency.",
        default: String(DEFAULT_IN_FLIGHT),
        value: kinds.wholeNumber({ min: 1, max: RESERVED_CONCURRENCY_MAX }),
      }),
    ),
  ),
  /** The name or the file of the platform profile. Null on AWS, which follows no plan. */
  platform: {
    ...shared.PLATFORM,
    help: `What the local platform does to environments: ${PLATFORM_PROFILES.join(", ")}, or a file.`,
    default: { local: DEFAULT_PROFILE, aws: null },
  },
  /** Null if the user gave no seed; then one is drawn. */
  seed: { ...shared.SEED, help: "The seed of the plan; if not given, one is drawn and printed." },
  ...PROVOKE_SETTINGS,
  profile: flagOnly(
    setting("profile", {
      takes: "FILE",
      help: "YAML file with any of these settings; flags override it.",
      value: kinds.text("a file"),
      inProfile: false,
    }),
  ),
} as const;

const asking = {
  event: shared.EVENT,
  success: recorded(
    "success",
    setting("success", {
      takes: "EXPR",
      help: "A JSONata expression on the answer's payload; if its value is not true, the invocation failed.",
      value: kinds.text("a JSONata expression such as 'ok = true'"),
    }),
  ),
} as const;

/**
 * The peer's idle time-out. It is longer than a usual pause between invocations, and short enough to end the connection of an ended
 * environment within the run (docs/contracts.md#the-peer).
 */
export function peerIdleTimeoutOf({ interval }: { readonly interval: DurationMs }): DurationMs {
  return durationMs(Math.max(20_000, 6 * interval));
}

const peerIdleTimeout: Derived<DurationMs, { readonly interval: DurationMs }> = {
  flag: null,
  value: kinds.duration({ min: 1 }),
  whenAbsent: peerIdleTimeoutOf,
};

const facing = {
  peerFlag: flagOnly(
    repeated("peer", {
      mayBeSecret: true,
      takes: "[NAME=]HOST:PORT",
      help: "Your own machine instead of a peer of longrun; one function only. Not needed if the variable that --link names has the address. If a function has several peers, give each one a name: --peer db=HOST:PORT --link db=WHERE.",
      value: { parse: ofPeer(hostPort) },
    }),
  ),
  /** The user's own peer, or the first of several. Null if longrun starts a peer for each function. */
  peer: firstPeer,
  linkFlag: flagOnly(shared.LINKS),
  resolveFlag: flagOnly(shared.RESOLVE),
  protocolFlag: flagOnly(shared.PROTOCOLS),
  /** Each peer, with where a function finds its address. */
  links: peerLinks,
  peerLogGroup: flagOnly(
    repeated("peer-log-group", {
      takes: "[LABEL=]NAME",
      help: "The log group into which a managed peer writes. With several functions, the label is needed.",
      value: { parse: labelledLogGroup },
    }),
  ),
  peerLogs: peerLogSettings,
  peerLogFiles: repeated("peer-log", {
    takes: "[NAME=]FILE",
    help: `Your server's own log, read when the run ends: JSON lines, or the log of ${SERVERS_WITH_LOG}. Several files of one server are read as one log. With several peers, the peer's name is needed.`,
    value: kinds.fileOfPeer,
  }),
  ...shared.PEER_LOG_READING,
  admission: {
    ...shared.ADMISSION,
    help: `What longrun's own peer does with a connection that it cannot serve: ${ADMISSION_CHOICE}.`,
  },
  capacityFlag: flagOnly(shared.CAPACITIES),
  /** The capacity of the only peer, or the largest capacity of several peers. */
  capacity: largestCapacity,
  peerIdleTimeout,
  probe: setting("probe", {
    takes: "yes|no",
    help: "Find out before the run what your own machine does when it is full, with up to capacity + 8 connections on which no byte is sent. This shows which connections it turned away. A client that is connected then may be dropped.",
    default: "no",
    value: kinds.choice(["yes", "no"]),
  }),
  probeWatch: shared.PROBE_WATCH,
  handler: shared.HANDLER,
  runtime: shared.RUNTIME,
  binary: shared.BINARY,
  launcher: shared.LAUNCHER,
  /** The runtime client of an engine that the run itself starts. */
  runtimeClient: {
    ...shared.RUNTIME_CLIENT,
    help: "The program that runs the local functions: bootstrap (longrun's own), or ric (AWS's aws-lambda-ric, see longrun doctor --install-ric).",
  },
  memoryMb: { ...shared.MEMORY, help: "Memory of the local functions.", default: String(DEFAULT_MEMORY_MB) },
  functionTimeout: setting("function-timeout", {
    takes: "LENGTH",
    help: "Time-out of the local functions, whole seconds.",
    default: `${DEFAULT_TIMEOUT_SECONDS}s`,
    value: kinds.functionTimeout,
    localOnly: true,
  }),
  env: { ...ENV, help: "A variable of the local functions." },
  region: {
    ...shared.REGION,
    default: {
      shown: `AWS_REGION, ${LOCAL_REGION} locally`,
      of: ({ awsRegion }: DefaultFacts) => awsRegion ?? LOCAL_REGION,
    },
  },
} as const;

const judged = {
  ...JUDGING_SETTINGS,
  expectations: judging(
    "expectations",
    "judge",
    repeated("expect", {
      takes: "LABEL=VERDICT",
      help: "The verdict that a function should get: pass, fail or inconclusive.",
      value: kinds.keyed(kinds.choice(VERDICTS), expectation),
    }),
  ),
  stopOn: recorded(
    "stopOn",
    setting("stop-on", {
      takes: "harm",
      help: "End the run's invocations at the first harm.",
      value: kinds.choice(["harm"]),
    }),
  ),
  settle: {
    ...JUDGING_SETTINGS.settle,
    help: "How long to wait for late logs, and on AWS for CloudWatch's metrics.",
    default: { local: "2s", aws: LATE_LOGS },
  },
} as const;

const keeping = {
  /** Null: the folder is named after time and seed. */
  out: {
    ...shared.OUT,
    help: "The run directory, new or empty.",
    default: { shown: "runs/TIME-SEED", of: () => null },
  },
  resume: flagOnly(
    setting("resume", {
      takes: "FOLDER",
      help: "Continue a run that was killed.",
      value: kinds.text("a run directory"),
      inProfile: false,
      withResume: true,
    }),
  ),
  metrics: setting("metrics", {
    takes: "[HOST]:PORT",
    help: "Serve figures for Prometheus at /metrics during the run; without HOST on 127.0.0.1.",
    value: kinds.listenAddress,
    withResume: true,
  }),
  yes: {
    ...shared.YES,
    help: "Do not ask before a soak against your own machine or an expensive soak. Also allows a soak on AWS with fewer than 10 invocations. Not enough for --copy without another machine.",
  },
  json: { ...shared.JSON_OUTPUT, help: "Print result.json instead of the table." },
  showValues: flagOnly(SHOW_VALUES),
} as const;

/** `satisfies` on the parts above would make the values of some settings `unknown`. */
export const SOAK_SETTINGS = {
  ...driving,
  ...asking,
  ...facing,
  ...judged,
  ...keeping,
} as const satisfies KeptTable;

/** The values that the user gave on the command line or in a profile file, by flag. */
export type SoakFlags = FlagValues<typeof SOAK_SETTINGS>;

/** All settings after flags, profile file and defaults were merged. */
export type SoakSettings = SettingValues<typeof SOAK_SETTINGS>;

function expectation(given: string): Parsed<KeyValue<Verdict>> {
  const match = /^([^=]+)=(.+)$/.exec(given);
  const verdict = VERDICTS.find((name) => name === match?.[2]);
  if (match === null || verdict === undefined)
    return expected("LABEL=pass, LABEL=fail or LABEL=inconclusive");
  return accept({ key: match[1] ?? "", value: verdict });
}
