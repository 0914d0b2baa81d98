/** Refuses a run whose copy writes no log: its role may not write the copy's own log group, and without a log nothing can be judged. */
import { notAvailable } from "../base/errors.ts";
import type { MonotonicMs } from "../base/time.ts";
import type { Soak, SoakFunction } from "./soak-state.ts";

const WITHIN_MS = 60_000;

/** Returns what is called after each reading of the logs. The minute begins at the first reading after an answer. */
export function silentCopyWatch(soak: Soak): () => void {
  const since = new Map<SoakFunction, MonotonicMs>();
  return () => {
    for (const one of soak.functions) {
      const { input, collector, settlement, facts } = one;
      if (input.copyOf === undefined || collector.records > 0 || settlement.missing.length === 0) continue;
      const now = soak.ports.clock.monotonic();
      const began = since.get(one) ?? now;
      since.set(one, began);
      if (now - began < WITHIN_MS) continue;
      soak.refused ??= notAvailable(
        `${input.label}: no log line came within a minute of the copy's first invocation, so nothing can be judged. The copy is deleted.`,
        {
          hint: `Its role probably may write only the original's log group. Allow the role logs:CreateLogGroup, logs:CreateLogStream and logs:PutLogEvents on ${facts.logGroup.replace(input.functionName, "longrun-copy-*")}, or soak the function itself, without --copy.`,
        },
      );
      soak.ports.stop.requestDrain("copy-without-log");
    }
  };
}
