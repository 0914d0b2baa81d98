/** The input and the result of every operation of the control API, and the error with which it refuses a request. */
import type { Fleet } from "../../fleet-contract.ts";
import type { FunctionRegistry } from "../../registry/functions/function-registry.ts";
import type { PlanControl } from "../../scheduling/plan/plan-control.ts";

export interface ControlContext {
  readonly version: string;
  readonly account: string;
  /** When the engine started, in ISO 8601 UTC. */
  readonly since: string;
  readonly fleet: Fleet;
  readonly registry: FunctionRegistry;
  /** The Region of the request: it selects between functions of the same name. */
  readonly region: string;
  readonly planControl: PlanControl;
}

export interface ControlAnswer {
  readonly status: number;
  readonly body: object | null;
}

interface ControlCall {
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export type ControlOperation = (
  call: ControlCall,
  context: ControlContext,
) => ControlAnswer | Promise<ControlAnswer>;

export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
