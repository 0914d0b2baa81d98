import type { EnvironmentDescription } from "../engine/fleet-contract.ts";
import type { Environment } from "./function-face.ts";

/** Shows an environment as a test sees it. */
export function describeEnvironment({
  environment,
  state,
  frozen,
  invocations,
  openConnections,
  generation,
}: EnvironmentDescription): Environment {
  return { id: environment, state, frozen, invocations, openConnections, generation };
}
