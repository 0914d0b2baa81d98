/**
 * Lambda's limit on synchronous requests: ten a second for each environment that a function may have
 * (docs/aws/concurrency.md#reserved-concurrency). Off by default: a soak that asks for an invocation every 10 ms would meet it. A bucket
 * for each function, full at the start.
 */
import type { Clock } from "../../ports/clock.ts";
import { ACCOUNT_LIMITS } from "../registry/account-limits.ts";
import type { FunctionRecord } from "../registry/functions/function-record.ts";
import { throttle } from "../aws-api/invoke/throttle.ts";

export class InvocationRate {
  readonly #perEnvironment: number;
  readonly #clock: Clock;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(perEnvironment: number, clock: Clock) {
    this.#perEnvironment = perEnvironment;
    this.#clock = clock;
  }

  /** Throws the throttle where the function has had its requests of this second. */
  admit({ fleetKey, reservedConcurrency }: FunctionRecord): void {
    const most = this.#perEnvironment * (reservedConcurrency ?? ACCOUNT_LIMITS.concurrentExecutions);
    const now = this.#clock.monotonic();
    const bucket = this.#buckets.get(fleetKey) ?? { left: most, at: now };
    const left = Math.min(most, bucket.left + ((now - bucket.at) / 1_000) * most);
    this.#buckets.set(fleetKey, { left: left >= 1 ? left - 1 : left, at: now });
    // No environment at all is the concurrency limit's own refusal.
    if (left >= 1 || most === 0) return;
    throw throttle(
      reservedConcurrency === null
        ? "FunctionInvocationRateLimitExceeded"
        : "ReservedFunctionInvocationRateLimitExceeded",
    );
  }
}
