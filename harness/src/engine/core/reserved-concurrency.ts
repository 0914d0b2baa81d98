/**
 * Admits an invocation or throttles it. What is counted is running invocations of a function, all versions together, never its
 * environments: that is the whole trap (facts §3.1). Pure.
 */
export interface FunctionLoad {
  readonly running: number;
  /** Null: none reserved, the function shares what the account has left. */
  readonly reserved: number | null;
}

export type Admission =
  | "admitted"
  | "ReservedFunctionConcurrentInvocationLimitExceeded"
  | "ConcurrentInvocationLimitExceeded";

export function admit(asked: FunctionLoad, others: readonly FunctionLoad[], accountLimit: number): Admission {
  if (asked.reserved !== null) {
    return asked.running < asked.reserved ? "admitted" : "ReservedFunctionConcurrentInvocationLimitExceeded";
  }
  const reserved = others.reduce((sum, one) => sum + (one.reserved ?? 0), 0);
  const running = others.reduce((sum, one) => sum + (one.reserved === null ? one.running : 0), asked.running);
  return running < accountLimit - reserved ? "admitted" : "ConcurrentInvocationLimitExceeded";
}
