/** Computes how long each invocation waited for a working connection because of takeovers. An invocation can lose several connections. */
import { later } from "../../base/clocks.ts";
import { durationMs, type DurationMs, type EpochMs } from "../../base/time.ts";
import type { ObservedInvocation } from "../timeline/environment.ts";
import type { Takeover } from "./takeover.ts";

export interface WaitOfInvocation {
  readonly last: Takeover;
  /** The total of its waits. Null if the invocation got no other connection in the end. */
  readonly waitedMs: DurationMs | null;
}

/** `takeovers` are in order of time. */
export function waitsByInvocation(
  takeovers: readonly Takeover[],
): ReadonlyMap<ObservedInvocation, WaitOfInvocation> {
  const waits = new Map<ObservedInvocation, WaitOfInvocation & { readonly until: EpochMs }>();
  for (const last of takeovers)
    for (const { invocation, from, to } of last.waits) {
      const before = waits.get(invocation);
      const since = later(from, before?.until ?? from);
      const waitedMs = to === null ? null : durationMs((before?.waitedMs ?? 0) + Math.max(0, to - since));
      waits.set(invocation, { last, waitedMs, until: later(to ?? since, since) });
    }
  return waits;
}
