/** A schedule: an exact list of the actions of platform, peer and client. Environments are numbered in the order of their creation. */
import type { LeverStep } from "../words/lever.ts";
import type { Ending } from "../record/plan.ts";

/** The number of an environment that the schedule has created. `new` means a new environment, even if an idle one exists. */
export type Target = number | "new";

export type ScheduleStep =
  /** An environment runs its Init phase while no invocation waits for it. */
  | { readonly step: "initialise-ahead" }
  | { readonly step: "invoke"; readonly environment: Target }
  /**
   * The environment ends when the peer has read the request, before the reply. If no request comes, the environment ends after
   * the invocation.
   */
  | { readonly step: "invoke-and-end"; readonly environment: Target; readonly ending: Ending }
  /** The function is invoked, and the peer's reply does not come within the function's time-out. */
  | { readonly step: "time-out"; readonly environment: Target }
  | { readonly step: "retire"; readonly environment: number; readonly ending: Ending }
  /** The idle environment's process dies; the environment stays and repeats its Init inside its next invocation. */
  | { readonly step: "crash"; readonly environment: number }
  /** Time passes until the peer ends an idle connection. */
  | { readonly step: "freeze-long" }
  /** The peer resets the connection that it serves, and stays up. */
  | { readonly step: "peer-drops" }
  /** The peer's next reply comes after the function's time-out. */
  | { readonly step: "peer-slow" }
  | LeverStep;

export type StepName = ScheduleStep["step"];

export interface ScheduleTimes {
  readonly functionTimeoutMs: number;
  readonly connectTimeoutMs: number;
  readonly leaseMs: number;
  readonly leaseRenewMs: number;
  readonly leaseWaitMs: number;
  readonly leaseClockMarginMs: number;
}

/** The times are short, so that a search does not spend its time waiting (docs/contracts.md#schedules-of-the-search). */
export const SCHEDULE_TIMES: ScheduleTimes = {
  functionTimeoutMs: 1_000,
  connectTimeoutMs: 300,
  leaseMs: 400,
  leaseRenewMs: 100,
  leaseWaitMs: 600,
  leaseClockMarginMs: 50,
};
