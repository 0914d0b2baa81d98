/**
 * The control API under `/_longrun/` on the engine's endpoint, with the same authorization as the Lambda API. It controls environments in ways
 * that AWS does not offer. This file has the types of the request and response bodies.
 *
 *   GET    /_longrun/status                                   → EngineStatus
 *   POST   /_longrun/plan                 LoadPlanRequest     → 202 {}; 409 when a plan is running; 404 for an unknown function
 *   DELETE /_longrun/plan                                     → 204; waits until the current entry is done
 *   GET    /_longrun/plan/applied?from=N                      → AppliedPage
 *   GET    /_longrun/links?from=N                             → LinkPage
 *   GET    /_longrun/ends?from=N                              → EndPage
 *   GET    /_longrun/functions/{name}/environments            → { environments: EnvironmentDescription[] }
 *   POST   /_longrun/functions/{name}/steps   ControlStep     → StepResult
 */
import type { IsolationKind } from "../words/isolation.ts";
import type { EndedEnvironment } from "../record/ended-environment.ts";
import type { LinkLogRecord } from "../record/link-log.ts";
import type { Ending, Placement, Selector } from "../record/plan.ts";
import type { AppliedEntry, Plan } from "../record/plan-file.ts";

export interface EngineStatus {
  readonly version: string;
  readonly account: string;
  readonly isolation: IsolationKind;
  readonly functions: readonly string[];
  readonly planRunning: boolean;
  /** When the engine started, in ISO 8601 UTC. If it changes, the engine was restarted and numbers its records from the beginning. */
  readonly since: string;
}

export interface LoadPlanRequest {
  readonly plan: Plan;
  readonly functions: readonly string[];
  /** The time of offset 0 of the plan, in ISO 8601 UTC. */
  readonly startAt: string;
  /** Whether a running plan of the same functions is stopped first. Default: false. */
  readonly replaces?: boolean;
}

export interface AppliedPage {
  readonly entries: readonly AppliedEntry[];
  readonly next: number;
  readonly running: boolean;
  readonly since: string;
}

export interface LinkPage {
  readonly records: readonly LinkLogRecord[];
  readonly next: number;
  readonly since: string;
}

export interface EndPage {
  readonly records: readonly EndedEnvironment[];
  readonly next: number;
  readonly since: string;
}

export type ControlStep =
  | { readonly step: "initialise-ahead" }
  | { readonly step: "place-next"; readonly placement?: Placement; readonly environment?: string }
  | {
      readonly step: "retire";
      readonly selector?: Selector;
      readonly environment?: string;
      readonly ending: Ending;
    }
  | { readonly step: "crash"; readonly selector?: Selector; readonly environment?: string };

export interface StepResult {
  /** The log streams of the environments on which the step acted. Empty if there was nothing to act on, and for `place-next`. */
  readonly environments: readonly string[];
}
