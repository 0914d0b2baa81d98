/** What every operation of the control API gets and gives, and how it refuses. */
import type { Fleet } from "../../fleet-contract.ts";
import type { FunctionRegistry } from "../../registry/functions/function-registry.ts";
import type { PlanDesk } from "../../scheduling/plan/plan-desk.ts";

export interface ControlContext {
  readonly version: string;
  readonly account: string;
  readonly fleet: Fleet;
  readonly registry: FunctionRegistry;
  /** Of the request: it decides between functions of one name. */
  readonly region: string;
  readonly planDesk: PlanDesk;
}

export interface ControlAnswer {
  readonly status: number;
  readonly body: object | null;
}

export interface ControlCall {
  readonly parameters: Readonly<Record<string, string | undefined>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
}

export type ControlOperation = (
  call: ControlCall,
  context: ControlContext,
) => ControlAnswer | Promise<ControlAnswer>;

/** An answer that is a refusal: its status, and why. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}
