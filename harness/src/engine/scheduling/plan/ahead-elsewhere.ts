/**
 * The published failure as one step (docs/contracts.md#the-platform): nobody holds the peer, one environment is initialised with
 * nobody waiting, and the next invocation goes elsewhere. Invocations that become due meanwhile are held, so that none
 * can slip in between and take the peer's place first.
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
