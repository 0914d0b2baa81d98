/** How many of the account's concurrent executions must stay unreserved? AWS names the number when a function asks for all of them. */
import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  PutFunctionConcurrencyCommand,
} from "@aws-sdk/client-lambda";
import { errorText } from "../../../../harness/src/adapters/aws/error-text.ts";
import { confirmed, differs, type ProbeContext, type ProbeResult } from "../probe.ts";

export async function quota(context: ProbeContext): Promise<ProbeResult> {
  const { lambda, functionName: FunctionName, signal } = context;
  const options = { abortSignal: signal };
  const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}), options);
  const all = AccountLimit?.ConcurrentExecutions ?? 0;
  const before = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName }), options);
  const reserve = (ReservedConcurrentExecutions: number) =>
    lambda.send(new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions }));
  try {
    await reserve(all);
  } catch (error) {
    const kept = /minimum value of \[(\d+)\]/.exec(errorText(error))?.[1];
    if (kept === undefined) throw error;
    return confirmed(`The quota is ${all}, and AWS names ${kept} as the number that must stay unreserved.`);
  }
  // All of the account's concurrency is reserved now, so this reservation is undone first, even after an interruption.
  const reserved = before.ReservedConcurrentExecutions;
  await (reserved === undefined
    ? lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName }))
    : reserve(reserved));
  return differs(`One function could reserve the whole quota of ${all}.`);
}
