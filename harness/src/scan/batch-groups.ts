/** Divides log groups into batches for one query each: at most fifty groups (StartQuery, CloudWatch Logs API reference) of the same log class. */
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

/** Whether Logs Insights can query the group. It cannot query the Delivery class, which only passes logs on to S3 or Firehose. */
export function isQueried(group: LogGroupFacts): boolean {
  return group.logClass !== "DELIVERY";
}
