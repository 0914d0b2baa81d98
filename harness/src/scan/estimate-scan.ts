/** Estimates how much a scan reads and costs. The stored bytes are assumed to be spread evenly over the time of a log group. */
import { PRICES } from "./cost/prices.ts";
import { isQueried } from "./batch-groups.ts";
import type { LogGroupFacts } from "./scanned-function.ts";

const DAY_MS = 86_400_000;

export interface ScanEstimate {
  readonly bytes: number;
  readonly usd: number;
}

export function estimateScan(
  groups: readonly LogGroupFacts[],
  window: { readonly fromMs: number; readonly toMs: number },
): ScanEstimate {
  const bytes = groups.filter(isQueried).reduce((sum, group) => sum + bytesOf(group, window), 0);
  return { bytes, usd: scanUsd(bytes) };
}

export function scanUsd(bytes: number): number {
  return (bytes / 1e9) * PRICES.logsScannedGbUsd;
}

/** Whether two queries read the group. They do if a function that writes into the group has reserved concurrency 1. */
export function isAskedTwice(group: LogGroupFacts): boolean {
  return group.functions.some((one) => one.reservedConcurrency === 1);
}

function bytesOf(
  group: LogGroupFacts,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
): number {
  const age = group.createdAt === null ? Infinity : Math.max(1, toMs - group.createdAt);
  const kept = Math.min(age, group.retentionDays === null ? Infinity : group.retentionDays * DAY_MS);
  // If age and retention are unknown, all events may lie in this window.
  const share = kept === Infinity ? 1 : Math.min(1, (toMs - fromMs) / kept);
  return group.storedBytes * share * (isAskedTwice(group) ? 2 : 1);
}
