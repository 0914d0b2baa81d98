/** An execution environment as a member of its function's fleet, and its description for placement and selectors. */
import type { FunctionSnapshot } from "../function-snapshot.ts";
import type { ExecutionEnvironment } from "../lifecycle/execution-environment.ts";
import type { Candidate } from "./placement.ts";

export interface FleetMember {
  readonly environment: ExecutionEnvironment;
  readonly sequence: number;
  readonly reserved: boolean;
  /** The position of the environment's last invocation in the order in which the function's invocations ended; null if it was never invoked. */
  lastEnded: number | null;
}

/**
 * Describes a member for placement. `snapshot` is the generation that an invocation needs; null if nothing is to be placed. `tenantId`: see
 * ExecutionEnvironment.
 */
export function candidateOf(
  member: FleetMember,
  snapshot: FunctionSnapshot | null,
  tenantId: string | null = null,
): Candidate {
  const { environment, sequence, reserved, lastEnded } = member;
  return {
    id: environment.id,
    sequence,
    reserved,
    lastEnded,
    provisioned: environment.snapshot.initializationType === "provisioned-concurrency",
    state: stateOf(environment),
    current: snapshot !== null && isOf(environment, snapshot) && environment.tenantId === tenantId,
  };
}

/** Whether an environment is of this generation of a version. */
export function isOf({ snapshot: own }: ExecutionEnvironment, snapshot: FunctionSnapshot): boolean {
  return own.version === snapshot.version && own.generation === snapshot.generation;
}

function stateOf(environment: ExecutionEnvironment): Candidate["state"] {
  if (environment.isIdle() && !environment.claimed) return "idle";
  return environment.isInvoking() ? "in-flight" : "other";
}
