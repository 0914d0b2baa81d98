/**
 * Finds invocations whose own lines are probably missing. A logger that samples invocations leaves out all lines of some of them. If the
 * lines have sequence numbers, the numbers show which lines are missing.
 */

import type { EpochMs } from "../../base/time.ts";
import type { ObservedBoot } from "../timeline/environment.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

const invokesWritten = new WeakMap<FunctionHistory, boolean>();

/** Whether the invocation has no `invoke` line although the function writes such lines. False if the lines have sequence numbers. */
export function isUnlogged(
  history: FunctionHistory,
  {
    boot,
    invokedAt,
  }: { readonly boot: Pick<ObservedBoot, "lines" | "sequences">; readonly invokedAt: EpochMs | null },
): boolean {
  return boot.lines > 0 && boot.sequences === null && invokedAt === null && writesInvokes(history);
}

function writesInvokes(history: FunctionHistory): boolean {
  let writes = invokesWritten.get(history);
  if (writes === undefined) {
    writes = [...history.invocations].some(({ invokedAt }) => invokedAt !== null);
    invokesWritten.set(history, writes);
  }
  return writes;
}
