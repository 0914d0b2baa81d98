/** Accounting: no more invocations ran at one time than are reserved. On the local engine, a finding is a bug of longrun. */
import { earlierBy, later, spanOnAxis } from "../../../base/clocks.ts";
import type { EpochMs } from "../../../base/time.ts";
import type { ObservedInvocation } from "../../timeline/environment.ts";
import { defineCheck, sayClear, sayFound, sayUnknown } from "./check.ts";
import type { FunctionHistory } from "../../correlate/function-history.ts";

export const reservedConcurrencyKept = defineCheck({
  name: "reserved-concurrency-kept",
  kind: "accounting",
  foundMeansBug: true,
  run: ({ history }) => {
    const reserved = history.reservedConcurrency;
    if (reserved === null && history.driver?.functionReady === true) return [sayClear("nothing-reserved")];
    const { together, at: from } = mostAtOnce(history);
    const invocations = together.length;
    if (reserved === null)
      return invocations <= 1
        ? [sayClear("never-overlapped")]
        : [sayUnknown("overlapped-reserved-unknown", { invocations }, { from })];
    if (invocations <= reserved) return [sayClear("reserved-kept", { reserved })];
    const environment = together.at(-1)?.environment ?? null;
    const requestIds = together.map((invocation) => invocation.requestId);
    return [sayFound("reserved-exceeded", { invocations, reserved }, { environment, from, requestIds })];
  },
});

/**
 * Different environments have different clocks, so overlaps that are shorter than the tolerance do not count. On one machine, times that
 * passed twice because its clock was set back are left out.
 */
function mostAtOnce(history: FunctionHistory): {
  readonly together: readonly ObservedInvocation[];
  readonly at: EpochMs | null;
} {
  const repeated = history.local ? (history.driver?.repeatedTimes.map(spanOnAxis) ?? []) : [];
  const tolerance = history.local ? 0 : history.settings.clockToleranceMs;
  let running: { readonly invocation: ObservedInvocation; readonly until: EpochMs }[] = [];
  let best: { together: readonly ObservedInvocation[]; at: EpochMs | null } = {
    together: [],
    at: null,
  };
  for (const invocation of history.invocations) {
    const { start } = invocation;
    if (start === null || invocation.end === null) continue;
    const { end } = invocation;
    if (repeated.some(({ from, to }) => start <= to && end >= from)) continue;
    running = running.filter(
      (one) => one.until > start && one.invocation.environment !== invocation.environment,
    );
    running.push({ invocation, until: later(start, earlierBy(end, tolerance)) });
    const at = running.filter((one) => one.until > start || one.invocation === invocation);
    if (at.length > best.together.length) best = { together: at.map((one) => one.invocation), at: start };
  }
  return best;
}
