/** Changes the configuration of a function, and waits until invocations use it. */
import {
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
  type UpdateFunctionConfigurationCommandInput,
} from "@aws-sdk/client-lambda";
import type { ProbeContext } from "./probe.ts";

const WITHIN_S = 120;

export async function changeFunction(
  { lambda, functionName: FunctionName, signal }: Pick<ProbeContext, "lambda" | "functionName" | "signal">,
  change: Omit<UpdateFunctionConfigurationCommandInput, "FunctionName">,
): Promise<void> {
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, ...change }), {
    abortSignal: signal,
  });
  await waitUntilFunctionUpdatedV2(
    { client: lambda, maxWaitTime: WITHIN_S, abortSignal: signal },
    { FunctionName },
  );
}

/** Returns the function's variables and `more`, because `changeFunction` replaces all variables at once. */
export async function withVariables(
  { lambda, functionName: FunctionName, signal }: Pick<ProbeContext, "lambda" | "functionName" | "signal">,
  more: Readonly<Record<string, string>>,
): Promise<{ readonly Environment: { readonly Variables: Record<string, string> } }> {
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }), {
    abortSignal: signal,
  });
  return { Environment: { Variables: { ...Environment?.Variables, ...more } } };
}
