/**
 * Admits an invocation or throttles it. Reserved concurrency limits the running invocations of a function, of all its versions together,
 * and never its environments: this is why it does not protect the peer (docs/aws/concurrency.md#reserved-concurrency). Pure.
 */
import type { ThrottleReason } from "../../words/platform-words.ts";

export interface FunctionLoad {
  readonly running: number;
  /** Null if no concurrency is reserved. The function then shares what the account has left. */
  readonly reserved: number | null;
  /** How many invocations at a time the provisioned environments of all versions can take. Other invocations cannot use these places. */
  readonly provisioned?: number;
  /** How many of `running` run on provisioned environments. */
  readonly onProvisioned?: number;
  /** True if a provisioned environment is free for the invocation that is to be admitted. */
  readonly fitsProvisioned?: boolean;
}

export type ConcurrencyDecision = "admitted" | ThrottleReason;

export function admit(
  asked: FunctionLoad,
  others: readonly FunctionLoad[],
  accountLimit: number,
): ConcurrencyDecision {
  if (asked.fitsProvisioned === true && asked.reserved !== 0) return "admitted";
  if (asked.reserved !== null) {
    return onDemand(asked) < asked.reserved - provisioned(asked)
      ? "admitted"
      : "ReservedFunctionConcurrentInvocationLimitExceeded";
  }
  const setAside = others.reduce((sum, one) => sum + (one.reserved ?? provisioned(one)), provisioned(asked));
  const running = others.reduce(
    (sum, one) => sum + (one.reserved === null ? onDemand(one) : 0),
    onDemand(asked),
  );
  return running < accountLimit - setAside ? "admitted" : "ConcurrentInvocationLimitExceeded";
}

function provisioned(load: FunctionLoad): number {
  return load.provisioned ?? 0;
}

function onDemand(load: FunctionLoad): number {
  return load.running - (load.onProvisioned ?? 0);
}
