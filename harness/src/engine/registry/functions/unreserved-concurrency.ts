/** Computes the concurrency of the account that no function of a Region has reserved. Pure. */
import { ACCOUNT_LIMITS } from "../../account-limits.ts";
import type { FunctionRecord } from "./function-record.ts";

/** Quotas are per Region. The provisioned concurrency of a function without reserved concurrency counts as reserved. */
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
