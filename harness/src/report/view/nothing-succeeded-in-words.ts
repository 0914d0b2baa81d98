import type { FunctionResult } from "../../result/function-result.ts";
import { reasonOf } from "../../catalogue/runtimes/unloadable.ts";

/** Empty if an invocation succeeded. */
export function nothingSucceededInWords({ name, nothingSucceeded }: FunctionResult): readonly string[] {
  if (nothingSucceeded === undefined) return [];
  const { failed, times, lines, logStream, errorType, errorMessage } = nothingSucceeded;
  const error = reasonOf({ outcome: "function-error", errorType, errorMessage });
  const which = times === failed ? "The error" : `The most frequent error (${times} of ${failed})`;
  const place = lines.length === 0 ? "" : ` (${lines.join("; ")})`;
  const stream = logStream === null ? "" : `, stream ${logStream}`;
  return [
    `No invocation succeeded. ${which}: ${error.replace(/\.$/, "")}${place}.`,
    `The complete error is in logs/${name}.jsonl of the run directory${stream}.`,
  ];
}
