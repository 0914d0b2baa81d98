/** The role of a function may write the lease with the function's own name, and no other lease. */
import { invoke, invokedText } from "../invoke.ts";
import { confirmed, differs, notReached, type ProbeContext, type ProbeResult } from "../probe.ts";

export async function lease(context: ProbeContext): Promise<ProbeResult> {
  const { functionName, running } = context;
  const own = await invoke(context, { ask: "lease", key: functionName });
  if (own.answer === null) return differs(`The invocation ${invokedText(own)}.`);
  if (own.answer.refusal !== null) return differs(`The function's own lease: ${own.answer.refusal}`);
  const other = await invoke(context, { ask: "lease", key: `${functionName}-other` });
  if (other.answer === null) return differs(`The second invocation ${invokedText(other)}.`);
  const { refusal } = other.answer;
  if (refusal !== null)
    return /AccessDenied/.test(refusal)
      ? confirmed("The function wrote its own lease; the key of another function was denied.")
      : differs(`The key of another function: ${refusal}`);
  return running === null
    ? differs("The function wrote the lease of another function.")
    : notReached(
        "The function wrote its own lease. moto denies nothing, so the key of another function was not tested.",
      );
}
