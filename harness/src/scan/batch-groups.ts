/** Log groups in batches that one query takes: at most fifty (StartQuery, CloudWatch Logs API reference), of one log class each. */
import type { LogGroupFacts } from "./scanned-function.ts";

const GROUPS_MAX = 50;

export function batchGroups(groups: readonly LogGroupFacts[]): readonly (readonly string[])[] {
  const byClass = new Map<string, string[]>();
  for (const group of groups.filter(isQueried)) {
    const names = byClass.get(group.logClass) ?? [];
    names.push(group.logGroup);
    byClass.set(group.logClass, names);
  }
  return [...byClass.values()].flatMap((names) =>
    Array.from({ length: Math.ceil(names.length / GROUPS_MAX) }, (_, index) =>
      names.slice(index * GROUPS_MAX, (index + 1) * GROUPS_MAX),
    ),
  );
}

/** The Delivery class only passes logs on to S3 or Firehose; Logs Insights does not query it. */
export function isQueried(group: LogGroupFacts): boolean {
  return group.logClass !== "DELIVERY";
}
