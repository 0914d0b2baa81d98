/**
 * Functions by hazard. First those where a second environment can do harm: reserved concurrency 1, or a connection opened in the Init
 * phase was seen. Among equals by INIT without INVOKE, then by minutes in which several environments were at work although
 * one invocation at a time is allowed, then by connections opened in the Init phase. What is unknown ranks like 0 and says so.
 */
import type { GroupCounts, LogGroupFacts, RankedGroup } from "./scanned-function.ts";

const NOTHING: GroupCounts = {
  environments: null,
  initWithoutInvoke: null,
  initConnections: null,
  minutesWithSeveral: null,
  mostInAMinute: null,
};

export function rankFunctions(
  groups: readonly LogGroupFacts[],
  counts: ReadonlyMap<string, GroupCounts>,
): readonly RankedGroup[] {
  const all = groups.map((group) => describe(group, counts.get(group.logGroup) ?? NOTHING));
  all.sort((a, b) => order(a, b));
  return all.map((one, index) => ({ ...one, rank: index + 1 }));
}

type Unranked = Omit<RankedGroup, "rank">;

function describe(group: LogGroupFacts, counts: GroupCounts): Unranked {
  const reserved = group.functions.map((one) => one.reservedConcurrency).filter((one) => one !== null);
  const reservedConcurrency = reserved.length === 0 ? null : Math.min(...reserved);
  const one = {
    ...counts,
    logGroup: group.logGroup,
    functionNames: group.functions.map(({ functionName }) => functionName),
    reservedConcurrency,
  };
  return { ...one, text: [sentence(one), ...blindness(group), ...sharing(group)].join(" ") };
}

function keys(one: Unranked): readonly number[] {
  const exposed = one.reservedConcurrency === 1 || (one.initConnections ?? 0) > 0;
  const overlap = one.reservedConcurrency === 1 ? (one.minutesWithSeveral ?? 0) : 0;
  const silent = one.initWithoutInvoke ?? 0;
  return [
    exposed && silent + overlap + (one.initConnections ?? 0) > 0 ? 1 : 0,
    silent,
    overlap,
    one.initConnections ?? 0,
    exposed ? 1 : 0,
  ];
}

/** Greater keys first, equals by name. */
function order(a: Unranked, b: Unranked): number {
  const others = keys(b);
  for (const [index, value] of keys(a).entries())
    if (value !== others[index]) return (others[index] ?? 0) - value;
  return a.logGroup < b.logGroup ? -1 : 1;
}

function sentence(one: Omit<Unranked, "text">): string {
  if (one.environments === null) return "No line of it was seen.";
  const parts = [
    `${count(one.initWithoutInvoke ?? 0, "environment")} of ${one.environments} initialised and never invoked`,
    ...(one.minutesWithSeveral === null
      ? []
      : [
          `several environments at work in ${count(one.minutesWithSeveral, "minute")}${one.mostInAMinute === null ? "" : ` (at most ${one.mostInAMinute})`}`,
        ]),
    ...((one.initConnections ?? 0) > 0
      ? [`${count(one.initConnections ?? 0, "connection")} opened in the Init phase`]
      : []),
  ];
  return `${parts.join("; ")}.`;
}

function blindness(group: LogGroupFacts): readonly string[] {
  const blind = group.functions.filter((one) => !one.startsVisible).map((one) => one.functionName);
  return blind.length === 0
    ? []
    : [`Its system log level hides what is counted here (${blind.join(", ")}): set INFO or DEBUG.`];
}

function sharing(group: LogGroupFacts): readonly string[] {
  return group.functions.length > 1
    ? ["Several functions share this log group: longrun analyze tells them apart."]
    : [];
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? "" : "s"}`;
}
