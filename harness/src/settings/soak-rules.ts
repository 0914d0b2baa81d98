/**
 * Combinations of settings that a soak refuses. Each rule checks one thing. `given` has only what the user wrote, because a default is
 * never a mistake.
 */
import { OWN_CAPACITY_MAX, UNKNOWN_CAPACITY } from "../words/capacity.ts";
import { didYouMean } from "./closest-name.ts";
import { peerLinkProblems, peerNameProblems } from "./peer-links.ts";
import { peerLogProblems } from "./peer-log-setting.ts";
import type { Problem } from "./problem.ts";
import { settingsByFlag } from "./setting-table.ts";
import { durationMs, formatDuration } from "../base/time.ts";
import { SOAK_SETTINGS, type SoakFlags, type SoakSettings } from "./soak-settings.ts";

interface SoakChoice {
  readonly settings: SoakSettings;
  readonly given: SoakFlags;
  readonly awsRegion: string | null;
}

type SoakRule = (choice: SoakChoice) => readonly Problem[];

export function brokenRules(choice: SoakChoice): readonly Problem[] {
  return RULES.flatMap((rule) => rule(choice));
}

const problemIf = (broken: boolean, where: string, text: string): readonly Problem[] =>
  broken ? [{ where, text }] : [];

const awsNeedsARegion: SoakRule = ({ settings, given, awsRegion }) =>
  problemIf(
    settings.target === "aws" && given.region === undefined && awsRegion === null,
    "--region",
    "expected --region or AWS_REGION with --target aws",
  );

const localSettingsStayLocal: SoakRule = ({ settings, given }) => {
  if (settings.target !== "aws") return [];
  const byFlag: Readonly<Record<string, unknown>> = given;
  return (
    [...settingsByFlag(SOAK_SETTINGS).values()]
      .filter(({ flag, localOnly }) => localOnly && byFlag[flag] !== undefined)
      // A copy is made by the run, so the run can write an address into its variables.
      .filter(({ flag }) => !(settings.copy && flag === "link"))
      .map(({ flag }) => ({
        where: `--${flag}`,
        text: "works only with --target local: a soak on AWS does not change functions",
      }))
  );
};

const somethingIsInvoked: SoakRule = ({ settings: { duration, interval } }) =>
  problemIf(
    duration < interval,
    "--duration",
    "expected at least the length of one --interval, because otherwise nothing is invoked",
  );

/** Only on AWS: on the local engine a short run costs nothing and can show a lot. */
const INVOCATIONS_MIN = 10;

const enoughIsInvoked: SoakRule = ({ settings: { target, duration, interval, yes } }) => {
  const invocations = Math.floor(duration / interval);
  const length = formatDuration(durationMs(INVOCATIONS_MIN * interval));
  return problemIf(
    target === "aws" && !yes && invocations >= 1 && invocations < INVOCATIONS_MIN,
    "--duration",
    `expected at least ${INVOCATIONS_MIN} invocations, because fewer show too little: ${formatDuration(duration)} at an --interval of ${formatDuration(interval)} are ${invocations}. Give --duration ${length} or more, or --yes to make such a short run anyway`,
  );
};

const oneFunctionForOneMachine: SoakRule = ({ settings: { peer, functions } }) =>
  problemIf(
    peer !== null && functions.length > 1,
    "--peer",
    "expected one function only: your machine has one limit, and two functions would compete for its places",
  );

const yourMachineAdmits: SoakRule = ({ settings: { peer }, given: { admission } }) =>
  problemIf(
    peer !== null && admission !== undefined,
    "--admission",
    "works only with longrun's own peers; with --peer your machine decides",
  );

/** What is seen from here holds for the path from here, which is not that of a function on AWS. */
const probedFromHere: SoakRule = ({ settings: { probe, target, links } }) =>
  problemIf(
    probe === "yes" && (target === "aws" || links.every(({ peer }) => peer === null)),
    "--probe",
    "works only locally with a machine of your own (--peer): what longrun's own peer does is known, and a function on AWS reaches a machine on another way",
  );

const watchesWithAProbe: SoakRule = ({ settings: { probe }, given: { "probe-watch": probeWatch } }) =>
  problemIf(probe === "no" && probeWatch !== undefined, "--probe-watch", "works only with --probe yes");

const placesOfOurOwnPeer: SoakRule = ({ settings: { links, target, capacity } }) => {
  if (target === "aws" || links.some(({ peer }) => peer !== null) || capacity === null) return [];
  if (capacity === UNKNOWN_CAPACITY)
    return [
      { where: "--capacity", text: "expected a number: longrun's own peer must know how many places it has" },
    ];
  return problemIf(
    capacity > OWN_CAPACITY_MAX,
    "--capacity",
    `expected at most ${OWN_CAPACITY_MAX} for longrun's own peer`,
  );
};

const linkWithoutAddress: SoakRule = ({ settings: { links } }) =>
  problemIf(
    links.some(({ link }) => link.address !== null),
    "--link",
    "expected no =HOST:PORT: --peer gives the address, or the run starts the peer and knows its address",
  );

const peersHaveNames: SoakRule = ({ given }) => peerNameProblems(given);

const linkIsFound: SoakRule = ({ settings, given }) => {
  const { target, functions, endpoint, links, env } = settings;
  if (target === "aws" || (given.link === undefined && given.resolve === undefined)) return [];
  if (endpoint !== null && (links.length > 1 || links.some(({ link }) => "byName" in link)))
    return [
      {
        where: "--link",
        text: "a link by name, or links to several peers, need an engine that the run starts; with --endpoint, give --link to longrun serve instead",
      },
    ];
  const made = functions.length === 0 || functions.some(({ source }) => source.kind !== "existing");
  return made && peerNameProblems(given).length === 0
    ? peerLinkProblems(links, env, given.resolve ?? [])
    : [];
};

const clientOfOurOwnEngine: SoakRule = ({ settings: { endpoint }, given }) =>
  problemIf(
    given["runtime-client"] !== undefined && endpoint !== null,
    "--runtime-client",
    "works only with an engine that the run starts: the engine at --endpoint has its runtime client already",
  );

const protocolOfOurOwnEngine: SoakRule = ({ settings: { endpoint }, given }) =>
  problemIf(
    given.protocol !== undefined && endpoint !== null,
    "--protocol",
    "works only with an engine that the run starts: for the engine at --endpoint, give --protocol to longrun serve",
  );

const flagsOfCode: SoakRule = ({ settings: { functions }, given }) =>
  (["handler", "bin", "launcher"] as const).flatMap((flag) =>
    problemIf(
      given[flag] !== undefined && !functions.some(({ source }) => source.kind === "code"),
      `--${flag}`,
      "works only with --code",
    ),
  );

const expectationsOfFunctions: SoakRule = ({ settings: { expectations, functions } }) => {
  const labels = functions.map(({ label }) => label);
  return expectations.flatMap(({ key, value }, index) => {
    const where = `--expect ${key}=${value}`;
    if (expectations.findIndex((one) => one.key === key) < index)
      return [{ where, text: `${key} has an expectation already` }];
    return problemIf(
      labels.length > 0 && !labels.includes(key),
      where,
      `no function has this label${didYouMean(key, labels)}; expected one of ${labels.join(", ")}`,
    );
  });
};

const logsOfManagedPeers: SoakRule = ({ settings: { functions }, given }) =>
  peerLogProblems(given["peer-log-group"] ?? [], functions);

const logsOfYourServers: SoakRule = ({ settings: { peer, links, target, peerLogFiles } }) => {
  const names = links.flatMap(({ name }) => name ?? []);
  return peerLogFiles.flatMap(({ name, value }) => {
    const where = `--peer-log ${name === null ? "" : `${name}=`}${value}`;
    if (peer === null && target === "local")
      return [{ where, text: "expected --peer: longrun's own peer keeps its log itself" }];
    if (name === null && names.length > 1)
      return [{ where, text: `expected NAME=FILE with one of ${names.join(", ")}` }];
    return problemIf(
      name !== null && !names.includes(name),
      where,
      `no peer has this name${didYouMean(name ?? "", names)}`,
    );
  });
};

const QUALIFIED = /(?:^|:)function:[^:]+:[^:]+$|^(?!function:)[^:]+:[^:]+$/;

/** A version is invoked by its number, and an update or provisioned concurrency is tried with one invocation at a time. */
const provoked: SoakRule = ({ settings: { provoke, functions, reservedConcurrency } }) => {
  if (provoke.length === 0) return [];
  const where = `--provoke ${provoke.join(",")}`;
  const qualified = functions.flatMap(({ source }) =>
    source.kind === "existing" && QUALIFIED.test(source.functionName) ? [source.functionName] : [],
  );
  const alone = provoke.filter((lever) => lever !== "versions" && lever !== "tenants");
  return [
    ...qualified.map((name) => ({
      where: `--function ${name}`,
      text: "expected no version or alias with --provoke, which publishes and invokes versions of its own",
    })),
    ...problemIf(
      alone.length > 0 && reservedConcurrency > 1,
      where,
      `works only with --reserved-concurrency 1: ${alone.join(" and ")} needs one invocation in flight`,
    ),
    ...problemIf(
      provoke.includes("tenants") && provoke.includes("provisioned"),
      where,
      "expected tenants without provisioned: Lambda has no provisioned concurrency for functions that isolate tenants",
    ),
  ];
};

const copied: SoakRule = ({ settings: { copy, provoke, functions, links } }) => {
  if (!copy) return [];
  return [
    ...problemIf(
      provoke.length === 0,
      "--copy",
      "works only with --provoke: without it a soak changes nothing, and needs no copy",
    ),
    ...problemIf(
      functions.some(({ source }) => source.kind !== "existing"),
      "--copy",
      "works only with existing functions: --target aws, or --endpoint and --function",
    ),
    ...problemIf(
      links.some(({ link }) => "byName" in link),
      "--link host",
      "works only locally: a copy finds its machine in its variables",
    ),
  ];
};

const RULES: readonly SoakRule[] = [
  awsNeedsARegion,
  localSettingsStayLocal,
  somethingIsInvoked,
  enoughIsInvoked,
  oneFunctionForOneMachine,
  yourMachineAdmits,
  probedFromHere,
  watchesWithAProbe,
  placesOfOurOwnPeer,
  linkWithoutAddress,
  peersHaveNames,
  linkIsFound,
  clientOfOurOwnEngine,
  protocolOfOurOwnEngine,
  flagsOfCode,
  expectationsOfFunctions,
  logsOfManagedPeers,
  logsOfYourServers,
  provoked,
  copied,
];
