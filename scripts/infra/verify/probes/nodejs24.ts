import { changeFunction } from "../change-function.ts";
import { invoke, invokedText } from "../invoke.ts";
import { confirmed, differs, type ProbeContext, type ProbeResult } from "../probe.ts";

const RUNTIME = "nodejs24.x";

export async function nodejs24(context: ProbeContext): Promise<ProbeResult> {
  await changeFunction(context, { Runtime: RUNTIME });
  const invoked = await invoke(context, { ask: "answer" });
  if (invoked.answer === null) return differs(`The invocation ${invokedText(invoked)}.`);
  const text = `The invocation succeeded; AWS_EXECUTION_ENV is ${invoked.answer.runtime ?? "not set"}.`;
  return invoked.answer.runtime === `AWS_Lambda_${RUNTIME}` ? confirmed(text) : differs(text);
}
