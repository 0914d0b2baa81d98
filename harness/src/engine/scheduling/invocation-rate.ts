/**
 * Lambda's limit on synchronous requests: ten per second for each environment that a function may have
 * (docs/aws/concurrency.md#reserved-concurrency). Off by default, because a soak with an invocation every 10 ms would exceed it. One token
 * bucket per function, full at the start.
 */
import type { Clock } from "../../ports/clock.ts";

export interface InvocationRateOptions {
  readonly perEnvironment: number;
  /** How many environments a function without a reservation may have. */
  readonly accountConcurrency: number;
  readonly clock: Clock;
}

export interface RatedFunction {
  /** The fleet's key. */
  readonly fleetKey: string;
  /** Null: no concurrency is reserved. */
  readonly reservedConcurrency: number | null;
}

export type RateRefusal =
  "FunctionInvocationRateLimitExceeded" | "ReservedFunctionInvocationRateLimitExceeded";

export class InvocationRate {
  readonly #options: InvocationRateOptions;
  readonly #buckets = new Map<string, { left: number; at: number }>();

  constructor(options: InvocationRateOptions) {
    this.#options = options;
  }

  /** Returns null if the request is admitted, else the reason for the throttle: the function has used up its requests of this second. */
  admit({ fleetKey, reservedConcurrency }: RatedFunction): RateRefusal | null {
    const { perEnvironment, accountConcurrency, clock } = this.#options;
    const most = perEnvironment * (reservedConcurrency ?? accountConcurrency);
    const now = clock.monotonic();
    const bucket = this.#buckets.get(fleetKey) ?? { left: most, at: now };
    const left = Math.min(most, bucket.left + ((now - bucket.at) / 1_000) * most);
    this.#buckets.set(fleetKey, { left: left >= 1 ? left - 1 : left, at: now });
    // A function that may have no environment at all is refused by the concurrency limit, with a different reason.
    if (left >= 1 || most === 0) return null;
    return reservedConcurrency === null
      ? "FunctionInvocationRateLimitExceeded"
      : "ReservedFunctionInvocationRateLimitExceeded";
  }
}
