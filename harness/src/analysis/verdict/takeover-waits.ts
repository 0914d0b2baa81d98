/** How long each invocation waited for a working connection because of takeovers. An invocation can lose its connection more than once. */
import type { ObservedInvocation } from "../timeline/environment.ts";
import type { Takeover } from "./takeover.ts";

export interface WaitOfInvocation {
  /** The takeover by which it lost its connection last. */
  readonly last: Takeover;
  /** The time in which it had lost a connection and not got another one yet. Null if it got no other one in the end. */
  readonly waitedMs: number | null;
}

/** `takeovers` are in order of time. */
export function waitsByInvocation(
  takeovers: readonly Takeover[],
): ReadonlyMap<ObservedInvocation, WaitOfInvocation> {
  const waits = new Map<ObservedInvocation, WaitOfInvocation & { readonly until: number }>();
  for (const last of takeovers)
    for (const { invocation, from, to } of last.waits) {
      const before = waits.get(invocation);
      // Connections that were lost together are waited for together.
      const since = Math.max(from, before?.until ?? from);
      const waitedMs = to === null ? null : (before?.waitedMs ?? 0) + Math.max(0, to - since);
      waits.set(invocation, { last, waitedMs, until: Math.max(to ?? since, since) });
    }
  return waits;
}
