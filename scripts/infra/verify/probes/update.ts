/** After a change of the configuration, the next invocation must get a new environment with the new value. */
import { changeFunction, withVariables } from "../change-function.ts";
import { invoke, invokedText } from "../invoke.ts";
import { confirmed, differs, type ProbeContext, type ProbeResult } from "../probe.ts";

const VALUE = "changed";

export async function update(context: ProbeContext): Promise<ProbeResult> {
  const first = await invoke(context, { ask: "answer" });
  if (first.answer === null) return differs(`The first invocation ${invokedText(first)}.`);
  await changeFunction(context, await withVariables(context, { PROBE_VALUE: VALUE }));
  const second = await invoke(context, { ask: "answer" });
  if (second.answer === null) return differs(`The second invocation ${invokedText(second)}.`);
  const same = second.answer.logStream === first.answer.logStream;
  const text = `After the change the invocation ran in ${same ? "the same" : "another"} log stream and saw the ${second.answer.value === VALUE ? "new" : "old"} value.`;
  return !same && second.answer.value === VALUE ? confirmed(text) : differs(text);
}
