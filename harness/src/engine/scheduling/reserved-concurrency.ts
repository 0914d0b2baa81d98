/**
 * Admits an invocation or throttles it. What is counted is running invocations of a function, all versions together, never its
 * environments: that is the whole trap (docs/aws/concurrency.md#reserved-concurrency). Pure.
 */
export interface FunctionLoad {
  readonly running: number;
  /** Null: none reserved, the function shares what the account has left. */
  readonly reserved: number | null;
  /** What its provisioned environments can take at a time, all versions together: set aside within the reservation, or the account. */
  readonly provisioned?: number;
  /** Of `running`, those on provisioned environments. */
  readonly onProvisioned?: number;
  /** The invocation that asks finds a provisioned environment of its version free. */
  readonly fitsProvisioned?: boolean;
}

export type ConcurrencyDecision =
  "admitted" | "ReservedFunctionConcurrentInvocationLimitExceeded" | "ConcurrentInvocationLimitExceeded";

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
