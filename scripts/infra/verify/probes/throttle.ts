/**
 * The function has a reserved concurrency of two, of which the provisioned environment takes one. So of two invocations of $LATEST at the
 * same time, one is refused.
 */
import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  ListProvisionedConcurrencyConfigsCommand,
} from "@aws-sdk/client-lambda";
import { invoke, invokedText } from "../invoke.ts";
import { confirmed, differs, notReached, type ProbeContext, type ProbeResult } from "../probe.ts";

const OVERLAP_MS = 2_500;

export async function throttle(context: ProbeContext): Promise<ProbeResult> {
  const { lambda, functionName: FunctionName, signal } = context;
  const { ProvisionedConcurrencyConfigs: configs = [] } = await lambda.send(
    new ListProvisionedConcurrencyConfigsCommand({ FunctionName }),
    { abortSignal: signal },
  );
  const { ReservedConcurrentExecutions: reserved } = await lambda.send(
    new GetFunctionConcurrencyCommand({ FunctionName }),
    { abortSignal: signal },
  );
  if (reserved !== 2) {
    const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}), { abortSignal: signal });
    return notReached(
      `The function could not reserve 2; the account's quota is ${AccountLimit?.ConcurrentExecutions ?? "unknown"}.`,
    );
  }
  if (!configs.some(({ Status }) => Status === "READY"))
    return notReached("There is no provisioned environment, so nothing keeps a place.");
  const two = await Promise.all([1, 2].map(() => invoke(context, { ask: "wait", ms: OVERLAP_MS })));
  const text = `Of two invocations at once, one ${two.map(invokedText).join(", the other ")}.`;
  const refused = two.filter((one) => one.refused !== null);
  const served = two.filter(({ answer }) => answer !== null);
  const expected = refused[0]?.refused?.reason === "ReservedFunctionConcurrentInvocationLimitExceeded";
  return served.length === 1 && refused.length === 1 && expected ? confirmed(text) : differs(text);
}
