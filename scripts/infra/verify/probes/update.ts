/** A change of the configuration: the next invocation gets a new environment, with the new value. */
import {
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import { invoke, invokedText } from "../invoke.ts";
import { confirmed, differs, type ProbeContext, type ProbeResult } from "../probe.ts";

const VALUE = "changed";
const WITHIN_S = 120;

export async function update(context: ProbeContext): Promise<ProbeResult> {
  const { lambda, functionName: FunctionName, signal } = context;
  const first = await invoke(context, { ask: "answer" });
  if (first.answer === null) return differs(`The first invocation ${invokedText(first)}.`);
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }), {
    abortSignal: signal,
  });
  const Variables = { ...Environment?.Variables, PROBE_VALUE: VALUE };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }), {
    abortSignal: signal,
  });
  await waitUntilFunctionUpdatedV2(
    { client: lambda, maxWaitTime: WITHIN_S, abortSignal: signal },
    { FunctionName },
  );
  const second = await invoke(context, { ask: "answer" });
  if (second.answer === null) return differs(`The second invocation ${invokedText(second)}.`);
  const same = second.answer.logStream === first.answer.logStream;
  const text = `After the change the invocation ran in ${same ? "the same" : "another"} log stream and saw the ${second.answer.value === VALUE ? "new" : "old"} value.`;
  return !same && second.answer.value === VALUE ? confirmed(text) : differs(text);
}
