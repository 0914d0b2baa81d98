/**
 * Causes the failure that README.md describes (docs/contracts.md#the-platform). Ends all environments so that the peer is free, then
 * initialises environments for which no invocation waits. The next invocation is placed in another environment. Invocations that arrive
 * meanwhile are held, so that none of them takes a place of the peer first.
 */
import type { Fleet } from "../../fleet-contract.ts";
import { initialiseTogether } from "./initialise-together.ts";
import type { Performed } from "./performed.ts";

export async function aheadElsewhere(
  fleet: Fleet,
  functionName: string,
  environments = 1,
): Promise<Performed> {
  const hold = await fleet.hold(functionName);
  try {
    const retired = await fleet.retire(functionName, { every: true }, "fin");
    const ahead = await initialiseTogether(fleet, functionName, environments, { reserved: true });
    const names = ahead.environments.join(", ");
    fleet.placeNext(functionName, { placement: "new" });
    return {
      result: "applied",
      environments: [...retired, ...ahead.environments],
      detail: ahead.succeeded
        ? `initialised ahead: ${names}`
        : `initialised ahead, its Init failed: ${names}`,
      silent: {
        functionName,
        environments: ahead.environments,
        invocationsEnded: fleet.invocationsEnded(functionName),
      },
    };
  } finally {
    hold.release();
  }
}
