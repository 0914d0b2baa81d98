/**
 * Does the monotonic clock continue while an environment is frozen? If AWS stops only the processes, the clock continues. If AWS stops the
 * whole virtual machine, the clock may stop too.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { invoke, invokedText } from "../invoke.ts";
import { confirmed, differs, notReached, type Probe, type ProbeContext, type ProbeResult } from "../probe.ts";

const FROZEN_MS = 20_000;
/** If the monotonic clock continued, the two clocks differ by less than this. */
const TOLERANCE_MS = 1_000;

export const frozenClock: Probe = frozenClockAfter(FROZEN_MS);

export function frozenClockAfter(lengthMs: number): Probe {
  return (context) => compareClocks(context, lengthMs);
}

async function compareClocks(context: ProbeContext, lengthMs: number): Promise<ProbeResult> {
  const first = await invoke(context, { ask: "clocks" });
  await sleep(lengthMs, null, { signal: context.signal });
  const second = await invoke(context, { ask: "clocks" });
  for (const one of [first, second])
    if (one.answer === null) return notReached(`An invocation ${invokedText(one)}.`);
  const [before, after] = [first.answer?.clocks, second.answer?.clocks];
  if (before === undefined || after === undefined) return notReached("The function returned no clocks.");
  if (first.answer?.logStream !== second.answer?.logStream)
    return notReached("The second invocation ran in another environment.");
  const epoch = Math.round(after.epochMs - before.epochMs);
  const monotonic = Math.round(after.monotonicMs - before.monotonicMs);
  const text = `Between two invocations of one environment ${epoch} ms passed by the wall clock, and ${monotonic} ms by the monotonic clock.`;
  return Math.abs(epoch - monotonic) <= TOLERANCE_MS ? confirmed(text) : differs(text);
}
