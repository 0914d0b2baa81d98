/**
 * Ranks log groups by hazard. First come the groups with signs that a second environment can do harm. An unknown count ranks like 0.
 */
import { isQueried } from "./batch-groups.ts";
import type {
  LoggedFunction,
  GroupCounts,
  LogGroupFacts,
  RankedGroup,
  VersionCounts,
} from "./scanned-function.ts";

/** The beginning of the names of Web Functions' log groups (docs/aws/logs.md#web-functions). */
const WEB_FUNCTIONS = "/aws/lambda/web/";

const NOTHING: GroupCounts = {
  environments: null,
  initWithoutInvoke: null,
  initConnects: null,
  versions: [],
  minutesWithSeveral: null,
  mostInAMinute: null,
};

export function rankFunctions(
  groups: readonly LogGroupFacts[],
  counts: ReadonlyMap<string, GroupCounts>,
  notRead: ReadonlySet<string>,
): readonly RankedGroup[] {
  const all = groups.map((group) =>
    describe(group, counts.get(group.logGroup) ?? NOTHING, notRead.has(group.logGroup)),
  );
  all.sort((a, b) => order(a, b));
  return all.map((one, index) => ({ ...one, rank: index + 1 }));
}

/** `--json` has all versions. */
const VERSIONS_SHOWN = 3;

type Unranked = Omit<RankedGroup, "rank">;

function describe(group: LogGroupFacts, counts: GroupCounts, notRead: boolean): Unranked {
  const reserved = group.functions.map((one) => one.reservedConcurrency).filter((one) => one !== null);
  const reservedConcurrency = reserved.length === 0 ? null : Math.min(...reserved);
  const one = {
    ...counts,
    logGroup: group.logGroup,
    functionNames: group.functions.map(({ functionName }) => functionName),
    reservedConcurrency,
  };
  return { ...one, text: [sentence(one, group, notRead), ...doubts(group)].join(" ") };
}

function keys(one: Unranked): readonly number[] {
  const exposed = one.reservedConcurrency === 1 || (one.initConnects ?? 0) > 0;
  const overlap = one.reservedConcurrency === 1 ? (one.minutesWithSeveral ?? 0) : 0;
  const silent = one.initWithoutInvoke ?? 0;
  return [
    exposed && silent + overlap + (one.initConnects ?? 0) > 0 ? 1 : 0,
    silent,
    overlap,
    one.initConnects ?? 0,
    exposed ? 1 : 0,
  ];
}

/** Greater keys come first, and groups with equal keys are sorted by name. */
function order(a: Unranked, b: Unranked): number {
  const others = keys(b);
  for (const [index, value] of keys(a).entries())
    if (value !== others[index]) return (others[index] ?? 0) - value;
  return a.logGroup < b.logGroup ? -1 : 1;
}

function sentence(one: Omit<Unranked, "text">, group: LogGroupFacts, notRead: boolean): string {
  if (!isQueried(group)) return `Logs Insights does not query its log class, ${group.logClass}.`;
  if (one.environments === null) return notRead ? "It was not read." : "Nothing was logged in this time.";
  const parts = [
    `Initialised and never invoked: ${one.initWithoutInvoke ?? 0} of ${count(one.environments, "environment")}${byVersion(one)}`,
    ...(one.minutesWithSeveral === null
      ? []
      : [
          `Inits or invocations of several environments in ${count(one.minutesWithSeveral, "minute")}${one.mostInAMinute === null ? "" : ` (at most ${one.mostInAMinute})`}`,
        ]),
    ...((one.initConnects ?? 0) > 0 ? [`${count(one.initConnects ?? 0, "connect")} in the Init phase`] : []),
  ];
  return `${parts.join("; ")}.${notRead ? " Not all of the log was read." : ""}`;
}

/** Which versions have environments that were never invoked, if there are several versions. */
function byVersion({ versions }: GroupCounts): string {
  const silent = versions.filter((one) => (one.initWithoutInvoke ?? 0) > 0);
  if (versions.length < 2 || silent.length === 0) return "";
  const texts = silent
    .slice(0, VERSIONS_SHOWN)
    .map((one) => `${nameOf(one)}: ${one.initWithoutInvoke ?? 0} of ${one.environments ?? 0}`);
  const more = silent.length - texts.length;
  return ` (${texts.join(", ")}${more === 0 ? "" : `, and ${count(more, "other version")}`})`;
}

function nameOf({ version }: VersionCounts): string {
  if (version === null) return "no version";
  return version === "$LATEST" ? version : `version ${version}`;
}

/** The reasons why the numbers can be lower or higher than the true numbers. */
function doubts({ logGroup, functions }: LogGroupFacts): readonly string[] {
  const namesOf = (which: (one: LoggedFunction) => boolean): string =>
    functions
      .filter(which)
      .map((one) => one.functionName)
      .join(", ");
  const blind = namesOf((one) => !one.startsVisible);
  const snapshots = namesOf((one) => one.snapStart);
  return [
    ...(blind === ""
      ? []
      : [`The system log level of ${blind} hides the lines that a scan counts: set INFO or DEBUG.`]),
    ...(snapshots === ""
      ? []
      : [
          `SnapStart (${snapshots}): in text logs, an environment that only made a snapshot counts as never invoked.`,
        ]),
    ...(functions.length === 0 && logGroup.startsWith(WEB_FUNCTIONS)
      ? ["A Web Function: an environment counts as invoked when it begins to serve requests."]
      : []),
    ...(functions.length > 1
      ? ["Several functions share this log group: longrun analyze tells them apart."]
      : []),
  ];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
