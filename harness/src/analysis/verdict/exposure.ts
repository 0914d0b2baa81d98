/** An exposure: the hazard happened, because an invocation began while other environments of the function were alive. */
import type { EpochMs } from "../../base/time.ts";
import type { ObservedEnvironment, ObservedInvocation } from "../timeline/environment.ts";

export interface Exposure {
  readonly invocation: ObservedInvocation;
  /** The other environments that were alive. Exactly one if the peer has one place. */
  readonly others: readonly ObservedEnvironment[];
  readonly at: EpochMs;
  /** Whether the exposure counts only because of `--idle-life`. */
  readonly guessed: boolean;
}

/** Two environments that were alive when an invocation began in one of them. */
export interface Overlap extends Exposure {
  readonly earlier: ObservedEnvironment;
  readonly later: ObservedEnvironment;
}
