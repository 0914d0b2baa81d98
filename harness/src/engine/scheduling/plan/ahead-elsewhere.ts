/**
 * Causes the failure that README.md describes (docs/contracts.md#the-platform): ends all environments so that the peer is free, initialises
 * one environment while no invocation waits for it, and places the next invocation in another one. Invocations that arrive meanwhile are
 * held, so that none of them takes the peer's only connection first.
 */
import type { Fleet } from "../../fleet-contract.ts";
import type { Performed } from "./performed.ts";

export async function aheadElsewhere(fleet: Fleet, functionName: string): Promise<Performed> {
  const hold = await fleet.hold(functionName);
  try {
    const retired = await fleet.retire(functionName, { every: true }, "fin");
    const { environment, succeeded } = await fleet.initialiseAhead(functionName, { reserved: true });
    fleet.placeNext(functionName, { placement: "new" });
    return {
      result: "applied",
      environments: [...retired, environment],
      detail: succeeded
        ? `initialised ahead: ${environment}`
        : `initialised ahead, its Init failed: ${environment}`,
      silent: { functionName, environment, invocationsEnded: fleet.invocationsEnded(functionName) },
    };
  } finally {
    hold.release();
  }
}
