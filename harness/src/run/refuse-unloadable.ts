/** Refuses a run if the first answer shows that the user's handler cannot be loaded. */
import type { InvocationOutcome } from "../record/invocation.ts";
import { unloadableError } from "../catalogue/runtimes/unloadable.ts";
import type { Soak, SoakFunction } from "./soak-state.ts";

export function refuseUnloadable(soak: Soak, one: SoakFunction, n: number, outcome: InvocationOutcome): void {
  const { deployment, label } = one.input;
  if (n !== 1 || deployment === null) return;
  const { handler, runtime } = deployment;
  const error = unloadableError(outcome, { label, handler, runtime });
  if (error === null) return;
  soak.refused ??= error;
  soak.ports.stop.requestDrain("handler-not-loadable");
}
