/**
 * Looks a function up. Says what the run means for an unusual kind of function, and refuses a function that the run cannot invoke or whose
 * log AWS never returns.
 */
import { isLongrunError, wrongInput } from "../base/errors.ts";
import { KIND_MEANINGS } from "../words/function-kinds.ts";
import type { FunctionFacts } from "./ports/function-driver.ts";
import type { FunctionSurroundings } from "./prepare-changes.ts";
import type { FunctionInput, LambdaService, SoakPorts } from "./soak-input.ts";

/** Documented (docs/aws/tenants.md#configuration). */
const ONLY_AT_CREATION = "Lambda takes this setting only when a function is created.";

export async function lookAtFunction(
  { functionName, label, peerLog }: FunctionInput,
  { input, ports, service }: Pick<FunctionSurroundings, "input" | "ports" | "service">,
): Promise<FunctionFacts> {
  const { kinds = [], ...facts } = await service.driver.look(functionName);
  const namesTenants = input.provoke.includes("tenants");
  if (namesTenants && !kinds.includes("tenants"))
    throw wrongInput(
      `${label}: expected a function that isolates tenants (TenancyConfig) with --provoke tenants. ${ONLY_AT_CREATION}`,
      { hint: "--provoke versions needs no such function. docs/provoke.md#tenants makes one." },
    );
  for (const kind of kinds) {
    const { text, advice, canRun } = KIND_MEANINGS[kind];
    if (kind === "tenants" && namesTenants) continue;
    if (!canRun) throw wrongInput(`${label}: ${text}`, { hint: advice });
    ports.progress.say(`${label}: ${text} ${advice}`);
  }
  for (const logGroup of [facts.logGroup, peerLog?.logGroup])
    if (logGroup !== undefined) await refuseUnreadable(logGroup, { ports, service });
  return facts;
}

/** Asks for the events of this moment. Another failure than a refusal may pass: the log is read again and again. */
async function refuseUnreadable(
  logGroup: string,
  { ports, service }: { readonly ports: SoakPorts; readonly service: LambdaService },
): Promise<void> {
  const now = ports.clock.now();
  try {
    const pages = service.logs.read(logGroup, now, ports.stop.abort, { until: now });
    await pages[Symbol.asyncIterator]().next();
  } catch (error) {
    if (isLongrunError(error) && error.code === "usage") throw error;
  }
}
