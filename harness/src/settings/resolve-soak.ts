/**
 * Flags over profile file over defaults → settings, with every setting that does not go with another one reported.
 * The one place where a soak's defaults stand.
 */
import { durationMs, type DurationMs } from "../units/time.ts";
import { didYouMean } from "./closest-name.ts";
import { DESIGNS, isDesign, type FunctionChoice } from "./function-choice.ts";
import type { Problem } from "./option.ts";
import type { SoakFlags } from "./soak-options.ts";
import type { PeerLogSetting, SoakSettings } from "./soak-settings.ts";

export interface ResolvedSoak {
  readonly settings: SoakSettings;
  readonly problems: readonly Problem[];
}

export function resolveSoak(
  flags: SoakFlags,
  profile: SoakFlags,
  awsRegion: string | undefined,
): ResolvedSoak {
  const given: SoakFlags = { ...profile, ...flags };
  const target = given.target ?? "local";
  const aws = target === "aws";
  const interval = given.interval ?? durationMs(aws ? 60_000 : 1_000);
  const { functions, problems: functionProblems } = chooseFunctions(given, aws);
  const region = given.region ?? awsRegion;
  const settings: SoakSettings = {
    target,
    endpoint: given.endpoint ?? null,
    region: region ?? "us-east-1",
    functions,
    duration: given.duration ?? durationMs(60_000),
    interval,
    platform: aws ? null : (given.platform ?? "typical"),
    seed: given.seed ?? null,
    event: given.event ?? "{}",
    success: given.success ?? null,
    peer: given.peer ?? null,
    peerLogs: peerLogSettings(given, functions),
    admission: given.admission ?? "refuse",
    peerIdleTimeout: peerIdleTimeout(interval),
    link: given.link ?? { hostVariable: "PEER_HOST", portVariable: "PEER_PORT", address: null },
    handler: given.handler ?? null,
    runtime: given.runtime ?? "nodejs22.x",
    runtimeClient: given["runtime-client"] ?? "bootstrap",
    memoryMb: given.memory ?? 256,
    functionTimeout: durationMs(given["function-timeout"] ?? 10_000),
    env: given.env ?? [],
    thresholds: given.threshold ?? [],
    expectations: given.expect ?? [],
    stopOn: given["stop-on"] ?? null,
    settle: given.settle ?? durationMs(aws ? 600_000 : 2_000),
    clockTolerance: given["clock-tolerance"] ?? durationMs(1_000),
    idleLife: given["idle-life"] ?? durationMs(300_000),
    out: given.out ?? null,
    metrics: given.metrics ?? null,
    yes: given.yes ?? false,
    json: given.json ?? false,
  };
  const regionProblem =
    aws && region === undefined
      ? [{ where: "--region", text: "expected --region or AWS_REGION with --target aws" }]
      : [];
  return {
    settings,
    problems: [
      ...functionProblems,
      ...regionProblem,
      ...settingsForTheOtherTarget(given, aws),
      ...settingsThatDisagree(settings, given),
      ...expectationProblems(settings),
      ...peerLogProblems(given, functions),
    ],
  };
}

/**
 * Long enough for a healthy pause between invocations, short enough that a dead holder does not outlive the run
 * (docs/contracts.md#the-peer).
 */
function peerIdleTimeout(interval: DurationMs): DurationMs {
  return durationMs(Math.max(20_000, 6 * interval));
}

function chooseFunctions(
  given: SoakFlags,
  aws: boolean,
): { readonly functions: readonly FunctionChoice[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const functions: FunctionChoice[] = [];
  for (const { label, name } of given.function ?? []) {
    if (!aws && isDesign(name)) functions.push({ label, source: { kind: "design", design: name } });
    else if (aws || given.endpoint !== undefined)
      functions.push({ label, source: { kind: "existing", functionName: name } });
    else {
      const near = didYouMean(name, DESIGNS);
      problems.push({
        where: `--function ${name}`,
        text: `expected one of ${DESIGNS.join(", ")}${near}; a function that exists needs --endpoint or --target aws, your own code --code`,
      });
      functions.push({ label, source: { kind: "existing", functionName: name } });
    }
  }
  for (const { label, name } of given.code ?? [])
    functions.push({ label, source: { kind: "code", file: name } });
  if (functions.length === 0)
    problems.push({ where: "--function", text: "expected at least one --function or --code" });
  const labels = functions.map((choice) => choice.label);
  for (const label of new Set(labels.filter((name, index) => labels.indexOf(name) !== index))) {
    problems.push({
      where: label,
      text: `two functions have this label; expected --function OTHER=${label} for one of them`,
    });
  }
  return { functions, problems };
}

function peerLogSettings(given: SoakFlags, functions: readonly FunctionChoice[]): readonly PeerLogSetting[] {
  return (given["peer-log-group"] ?? []).flatMap(({ label, logGroup }) => {
    const chosen = label ?? functions[0]?.label;
    return chosen === undefined ? [] : [{ label: chosen, logGroup, address: null }];
  });
}

function peerLogProblems(given: SoakFlags, functions: readonly FunctionChoice[]): readonly Problem[] {
  const seen = new Set<string>();
  return (given["peer-log-group"] ?? []).flatMap(({ label, logGroup }) => {
    const where = `--peer-log-group ${label === null ? "" : `${label}=`}${logGroup}`;
    if (label === null && functions.length > 1)
      return [
        { where, text: "expected LABEL=NAME: with several functions a peer's log belongs to one of them" },
      ];
    const choice = functions.find((one) => one.label === label || label === null);
    if (choice === undefined)
      return [
        {
          where,
          text: `no function has this label${didYouMean(
            label ?? "",
            functions.map((one) => one.label),
          )}`,
        },
      ];
    if (choice.source.kind !== "existing")
      return [
        {
          where,
          text: "goes with a function that exists: one that the run makes has a peer of the run's own",
        },
      ];
    if (seen.has(choice.label)) return [{ where, text: `${choice.label} has a log group already` }];
    seen.add(choice.label);
    return [];
  });
}

const LOCAL_ONLY = [
  "endpoint",
  "code",
  "platform",
  "seed",
  "admission",
  "link",
  "handler",
  "runtime",
  "runtime-client",
  "memory",
  "function-timeout",
  "env",
] as const;

function settingsForTheOtherTarget(given: SoakFlags, aws: boolean): readonly Problem[] {
  if (!aws) return [];
  return LOCAL_ONLY.filter((name) => given[name] !== undefined).map((name) => ({
    where: `--${name}`,
    text: "goes with --target local only: on AWS a soak takes functions as they are and changes none",
  }));
}

function settingsThatDisagree(settings: SoakSettings, given: SoakFlags): readonly Problem[] {
  const problems: Problem[] = [];
  if (settings.duration < settings.interval) {
    problems.push({
      where: "--duration",
      text: "expected at least one --interval, else nothing is ever invoked",
    });
  }
  if (settings.peer !== null && settings.functions.length > 1) {
    problems.push({
      where: "--peer",
      text: "expected one function only: your machine takes one connection, and two functions would fight for it",
    });
  }
  if (settings.peer !== null && given.admission !== undefined) {
    problems.push({
      where: "--admission",
      text: "goes with a peer of ours; with --peer your machine decides",
    });
  }
  if (settings.link.address !== null) {
    problems.push({
      where: "--link",
      text: "expected HOSTVAR:PORTVAR alone: the address is that of --peer, or of the run's own peers",
    });
  }
  if (given["runtime-client"] !== undefined && settings.endpoint !== null) {
    problems.push({
      where: "--runtime-client",
      text: "goes with an engine that the run starts: the one at --endpoint has a client already",
    });
  }
  if (given.handler !== undefined && !settings.functions.some((choice) => choice.source.kind === "code")) {
    problems.push({ where: "--handler", text: "goes with --code only" });
  }
  return problems;
}

function expectationProblems(settings: SoakSettings): readonly Problem[] {
  const labels = settings.functions.map((choice) => choice.label);
  const seen = new Set<string>();
  return settings.expectations.flatMap(({ key, value }) => {
    const where = `--expect ${key}=${value}`;
    const again = seen.has(key);
    seen.add(key);
    if (again) return [{ where, text: `${key} has an expectation already` }];
    if (labels.length === 0 || labels.includes(key)) return [];
    return [
      {
        where,
        text: `no function has this label${didYouMean(key, labels)}; expected one of ${labels.join(", ")}`,
      },
    ];
  });
}
