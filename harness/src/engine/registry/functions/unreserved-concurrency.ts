/** How much concurrency of the account the functions of a Region have not set aside. Pure. */
import { ACCOUNT_LIMITS } from "../../account-limits.ts";
import type { FunctionRecord } from "./function-record.ts";

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
