/** An execution environment among those of its function, and how placement and selectors see it. */
import type { FunctionSnapshot } from "../function-snapshot.ts";
import type { ExecutionEnvironment } from "../lifecycle/execution-environment.ts";
import type { Candidate } from "./placement.ts";

export interface FleetMember {
  readonly environment: ExecutionEnvironment;
  readonly sequence: number;
  readonly reserved: boolean;
  /** Order of the end of its last invocation within the function. */
  lastEnded: number | null;
}

/** `snapshot`: what an invocation is to run on; null: nothing is to be placed. */
export function candidateOf(member: FleetMember, snapshot: FunctionSnapshot | null): Candidate {
  const { environment, sequence, reserved, lastEnded } = member;
  return {
    id: environment.id,
    sequence,
    reserved,
    lastEnded,
    provisioned: environment.snapshot.initializationType === "provisioned-concurrency",
    state: stateOf(environment),
    current:
      snapshot !== null &&
      environment.snapshot.version === snapshot.version &&
      environment.snapshot.generation === snapshot.generation,
  };
}

function stateOf(environment: ExecutionEnvironment): Candidate["state"] {
  if (environment.isIdle() && !environment.claimed) return "idle";
  return environment.isInvoking() ? "in-flight" : "other";
}
