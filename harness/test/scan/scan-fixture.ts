import type { GroupCounts, LogGroupFacts } from "../../src/scan/scanned-function.ts";

export const DAY_MS = 86_400_000;

export function groupOf(name: string, facts: Partial<LogGroupFacts> = {}): LogGroupFacts {
  return {
    logGroup: `/aws/lambda/${name}`,
    functions: [{ functionName: name, reservedConcurrency: null, startsVisible: true, snapStart: false }],
    storedBytes: 0,
    createdAt: null,
    retentionDays: null,
    logClass: "STANDARD",
    ...facts,
  };
}

/** Makes a log group of one function with reserved concurrency 1. */
export function reservedOne(name: string, facts: Partial<LogGroupFacts> = {}): LogGroupFacts {
  const functions = [{ functionName: name, reservedConcurrency: 1, startsVisible: true, snapStart: false }];
  return groupOf(name, { functions, ...facts });
}

export function countsOf(counts: Partial<GroupCounts> = {}): GroupCounts {
  return {
    environments: 10,
    initWithoutInvoke: 0,
    initConnects: null,
    versions: [],
    minutesWithSeveral: null,
    mostInAMinute: null,
    ...counts,
  };
}
