import { invokeAny, invokedText } from "../invoke.ts";
import type { FullContext } from "../full-probe.ts";
import { watch } from "../watch.ts";
import { LABEL } from "./replace-task.ts";

const POLL_MS = 1_000;

export interface Served {
  readonly afterMs: number | null;
  /** How the last invocation ended, in words for the report. */
  readonly last: string;
}

export async function served(context: FullContext, withinMs: number): Promise<Served> {
  const functionName = context.functions[LABEL].name;
  const from = performance.now();
  let last = "";
  const afterMs = await watch({
    look: async () => {
      const invoked = await invokeAny({ ...context, functionName }, {});
      last = invokedText(invoked);
      return invoked.answer === null ? null : performance.now() - from;
    },
    pollMs: POLL_MS,
    withinMs,
    signal: context.signal,
  });
  return { afterMs, last };
}

export const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`;
