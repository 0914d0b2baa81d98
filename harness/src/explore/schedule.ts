/**
 * A schedule: an exact list of what the platform, the peer and the client do, one step after the other. Environments are named by
 * the order in which the schedule makes them: 1, 2, 3, …; play-step.ts says what a step means for a real process.
 */
import type { Ending } from "../domain/plan.ts";

/** An environment that the schedule has made, or a fresh one although an idle one may exist. */
export type Target = number | "new";

export type ScheduleStep =
  /** An environment runs its Init phase with nobody waiting. */
  | { readonly step: "initialise-ahead" }
  | { readonly step: "invoke"; readonly environment: Target }
  /** Invoke; the environment ends once the peer has read the request, before it replies (or right after an invocation that never asked). */
  | { readonly step: "invoke-and-end"; readonly environment: Target; readonly ending: Ending }
  /** Invoke; the peer's reply does not come within the function's time-out. */
  | { readonly step: "time-out"; readonly environment: Target }
  | { readonly step: "retire"; readonly environment: number; readonly ending: Ending }
  /** The idle environment's process dies; the environment stays and repeats its Init inside its next invocation. */
  | { readonly step: "crash"; readonly environment: number }
  /** So much time passes that the peer ends a connection on which nothing was said. */
  | { readonly step: "freeze-long" }
  /** A new generation: environments of the old one are never chosen again and live until retired. */
  | { readonly step: "update" }
  /** The peer resets the connection that it serves, and stays up. */
  | { readonly step: "peer-drops" }
  /** The peer's next reply comes after the function's time-out. */
  | { readonly step: "peer-slow" };

export type StepName = ScheduleStep["step"];

export interface ScheduleTimes {
  readonly functionTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly leaseMs: number;
  readonly leaseRenewMs: number;
  readonly leaseWaitMs: number;
  readonly leaseClockMarginMs: number;
}

/** Short, so that a search is not spent on waiting (docs/contracts.md#schedules-of-the-search). */
export const SCHEDULE_TIMES: ScheduleTimes = {
  functionTimeoutMs: 1_000,
  connectTimeoutMs: 300,
  leaseMs: 400,
  leaseRenewMs: 100,
  leaseWaitMs: 600,
  leaseClockMarginMs: 50,
};
