/** The quotas of the engine's account: those of a grown AWS account. Pure. */
import type { FunctionRecord } from "./functions/function-record.ts";

export const ACCOUNT_LIMITS = {
  totalCodeSize: 80_530_636_800,
  codeSizeUnzipped: 262_144_000,
  codeSizeZipped: 52_428_800,
  concurrentExecutions: 1_000,
  /** What reservations must leave to functions without one. */
  unreservedMinimum: 100,
} as const;

/** Quotas are a Region's. What is provisioned is set aside too, within a function's reservation or outside of any. */
export function unreservedConcurrency(records: readonly FunctionRecord[], region: string): number {
  return records
    .filter((record) => record.region === region)
    .reduce<number>(
      (left, record) => left - (record.reservedConcurrency ?? provisionedTotal(record)),
      ACCOUNT_LIMITS.concurrentExecutions,
    );
}

export function provisionedTotal({ provisioned }: FunctionRecord): number {
  return Object.values(provisioned).reduce((sum, { requested }) => sum + requested, 0);
}
