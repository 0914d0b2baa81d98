/** Initialises environments one after another, because many starting processes could exceed the limit of the Init phase. */
import type { AheadOptions, Fleet } from "../../fleet-contract.ts";

interface InitialisedTogether {
  readonly environments: readonly string[];
  /** Whether every Init succeeded. */
  readonly succeeded: boolean;
}

export async function initialiseTogether(
  fleet: Fleet,
  functionName: string,
  environments = 1,
  options: AheadOptions = {},
): Promise<InitialisedTogether> {
  const made: string[] = [];
  let succeeded = true;
  for (let index = 0; index < environments; index += 1) {
    const one = await fleet.initialiseAhead(functionName, options);
    made.push(one.environment);
    succeeded &&= one.succeeded;
  }
  return { environments: made, succeeded };
}
