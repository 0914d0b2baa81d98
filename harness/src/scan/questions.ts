/** Lists the queries of a scan, and the log groups that each one reads. */
import { batchGroups } from "./batch-groups.ts";
import { isAskedTwice } from "./estimate-scan.ts";
import { environmentsQuery, minutesQuery } from "./insights-queries.ts";
import type { LogGroupFacts } from "./scanned-function.ts";

export type Kind = "environments" | "minutes";

export interface ScanQuestion {
  readonly kind: Kind;
  readonly query: string;
  readonly logGroups: readonly string[];
}

export function questionsOf(
  groups: readonly LogGroupFacts[],
  settledBefore: number,
): readonly ScanQuestion[] {
  const of = (kind: Kind, query: string, some: readonly LogGroupFacts[]): readonly ScanQuestion[] =>
    batchGroups(some).map((logGroups) => ({ kind, query, logGroups }));
  return [
    ...of("environments", environmentsQuery(settledBefore), groups),
    ...of("minutes", minutesQuery(), groups.filter(isAskedTwice)),
  ];
}
