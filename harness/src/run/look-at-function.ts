/** Looks a function up. Says what the run means for an unusual kind of function, and refuses a function that the run cannot invoke. */
import { LongrunError } from "../domain/errors.ts";
import { KIND_MEANINGS } from "../domain/function-kinds.ts";
import type { FunctionFacts } from "../ports/function-driver.ts";
import type { FunctionInput, LambdaService, SoakPorts } from "./soak-input.ts";

export async function lookAtFunction(
  { functionName, label }: FunctionInput,
  { ports, service }: { readonly ports: SoakPorts; readonly service: LambdaService },
): Promise<FunctionFacts> {
  const { kinds = [], ...facts } = await service.driver.look(functionName);
  for (const kind of kinds) {
    const { text, advice, canRun } = KIND_MEANINGS[kind];
    if (!canRun) throw new LongrunError("usage", `${label}: ${text}`, { hint: advice });
    ports.progress.say(`${label}: ${text} ${advice}`);
  }
  return facts;
}
