/** Turns rows of Logs Insights into counts by log group. A field that is missing in a row is unknown. */
import type { GroupCounts } from "./scanned-function.ts";

export type InsightsRow = Readonly<Record<string, string>>;

export function mergeCounts(
  environments: readonly InsightsRow[],
  minutes: readonly InsightsRow[],
): ReadonlyMap<string, GroupCounts> {
  const counts = new Map<string, GroupCounts>();
  const environmentsOf = new Map(environments.map((row) => [groupOf(row), row]));
  const minutesOf = new Map(minutes.map((row) => [groupOf(row), row]));
  for (const group of new Set([...environments, ...minutes].map(groupOf))) {
    const row = environmentsOf.get(group) ?? {};
    const minute = minutesOf.get(group) ?? {};
    counts.set(group, {
      environments: numberOf(row["environments"]),
      initWithoutInvoke: numberOf(row["initWithoutInvoke"]),
      initConnects: numberOf(row["initConnects"]),
      minutesWithSeveral: numberOf(minute["minutesWithSeveral"]),
      mostInAMinute: numberOf(minute["mostInAMinute"]),
    });
  }
  return counts;
}

/** The field `@log` is `123456789012:/aws/lambda/name`. */
function groupOf(row: InsightsRow): string {
  return (row["@log"] ?? "").replace(/^\d+:/, "");
}

function numberOf(text: string | undefined): number | null {
  const value = text === undefined || text === "" ? Number.NaN : Number(text);
  return Number.isFinite(value) ? value : null;
}
