/** Log groups in batches that one query takes: at most fifty, all of one class (StartQuery, CloudWatch Logs API reference). */
import type { LogGroupFacts } from "./scanned-function.ts";

const GROUPS_MAX = 50;

export function batchGroups(groups: readonly LogGroupFacts[]): readonly (readonly string[])[] {
  const byClass = new Map<string, string[]>();
  for (const { logClass, logGroup } of groups)
    byClass.set(logClass, [...(byClass.get(logClass) ?? []), logGroup]);
  return [...byClass.values()].flatMap((names) =>
    Array.from({ length: Math.ceil(names.length / GROUPS_MAX) }, (_, index) =>
      names.slice(index * GROUPS_MAX, (index + 1) * GROUPS_MAX),
    ),
  );
}
