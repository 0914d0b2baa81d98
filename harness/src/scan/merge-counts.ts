/** Turns rows of Logs Insights into counts by log group. A field that is missing in a row is unknown. */
import { groupBy } from "../base/group-by.ts";
import type { GroupCounts, VersionCounts } from "./scanned-function.ts";

export type InsightsRow = Readonly<Record<string, string>>;

export function mergeCounts(
  environments: readonly InsightsRow[],
  minutes: readonly InsightsRow[],
): ReadonlyMap<string, GroupCounts> {
  const counts = new Map<string, GroupCounts>();
  const versionsOf = groupBy(environments, groupOf);
  const minutesOf = new Map(minutes.map((row) => [groupOf(row), row]));
  for (const group of new Set([...environments, ...minutes].map(groupOf))) {
    const versions = (versionsOf.get(group) ?? []).map(versionCounts).sort(byVersion);
    const minute = minutesOf.get(group) ?? {};
    counts.set(group, {
      environments: sumOf(versions.map((one) => one.environments)),
      initWithoutInvoke: sumOf(versions.map((one) => one.initWithoutInvoke)),
      initConnects: sumOf(versions.map((one) => one.initConnects)),
      versions,
      minutesWithSeveral: numberOf(minute["minutesWithSeveral"]),
      mostInAMinute: numberOf(minute["mostInAMinute"]),
    });
  }
  return counts;
}

function versionCounts(row: InsightsRow): VersionCounts {
  const { functionVersion = "-" } = row;
  return {
    version: functionVersion === "-" ? null : functionVersion,
    environments: numberOf(row["environments"]),
    initWithoutInvoke: numberOf(row["initWithoutInvoke"]),
    initConnects: numberOf(row["initConnects"]),
  };
}

/** The newest version comes first, and `$LATEST` last. */
function byVersion(a: VersionCounts, b: VersionCounts): number {
  return rankOf(b) - rankOf(a);
}

function rankOf({ version }: VersionCounts): number {
  return version !== null && /^\d+$/.test(version) ? Number(version) : 0;
}

function sumOf(numbers: readonly (number | null)[]): number | null {
  const known = numbers.filter((one) => one !== null);
  return known.length === 0 ? null : known.reduce((sum, one) => sum + one, 0);
}

/** The field `@log` is `123456789012:/aws/lambda/name`. */
function groupOf(row: InsightsRow): string {
  return (row["@log"] ?? "").replace(/^\d+:/, "");
}

function numberOf(text: string | undefined): number | null {
  const value = text === undefined || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}
