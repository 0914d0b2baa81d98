/** Describes an execution environment for the callers of the fleet. Pure. */
import type { EnvironmentDescription } from "../fleet-contract.ts";
import type { FunctionSnapshot } from "../function-snapshot.ts";
import type { LifecycleState } from "./environment-state.ts";

export interface EnvironmentFacts {
  readonly id: string;
  readonly snapshot: FunctionSnapshot;
  readonly tenantId: string | null;
  readonly state: LifecycleState;
  readonly slot: WorkFacts;
  /** Null before the first boot and after the environment's end. */
  readonly processes: { readonly frozen: boolean; readonly runtimeProcessId: number | null } | null;
  readonly createdAt: number;
  readonly openConnections: number;
}

interface WorkFacts {
  readonly current: object | null;
  readonly ended: number;
  readonly lastEndedAt: number | null;
}

export function environmentFacts(facts: EnvironmentFacts): EnvironmentDescription {
  const { snapshot, state, slot, processes } = facts;
  return {
    environment: facts.id,
    functionName: snapshot.functionName,
    version: snapshot.version,
    generation: snapshot.generation,
    ...(facts.tenantId === null ? {} : { tenantId: facts.tenantId }),
    state: stateName(state, slot),
    handlerRuns: handlerRuns(state, slot),
    initializationType: snapshot.initializationType,
    frozen: processes?.frozen ?? false,
    processId: processes?.runtimeProcessId ?? null,
    createdAt: facts.createdAt,
    lastInvokeEndedAt: slot.lastEndedAt,
    invocations: slot.ended,
    openConnections: facts.openConnections,
  };
}

/** Whether the handler runs. False while an invocation waits for a repeated Init, before its START. */
export function handlerRuns(state: LifecycleState, slot: Pick<WorkFacts, "current">): boolean {
  return state.name === "invoking" && slot.current !== null;
}

function stateName({ name }: LifecycleState, { current }: WorkFacts): EnvironmentDescription["state"] {
  if (name === "created") return "initialising";
  return name === "initialising" && current !== null ? "invoking" : name;
}
