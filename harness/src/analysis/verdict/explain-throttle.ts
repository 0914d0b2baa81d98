/**
 * Decides whether the driver's own invocations may have used the whole reserved concurrency at a throttle. An invocation may run on after
 * the driver gave up waiting for it.
 */
import type { EpochMs } from "../../base/time.ts";
import { ALWAYS, after, later, onAxis, widened, type Span } from "../../base/clocks.ts";
import { INIT_MS_MAX } from "../../words/time-limits.ts";
import { firstIndex } from "../../base/first-index.ts";
import type { ThrottleReason } from "../../words/platform-words.ts";
import type { DriverInvocation } from "../timeline/driver-timeline.ts";
import type { FunctionHistory } from "../correlate/function-history.ts";

export interface ThrottleCover {
  /** The spans in which invocations may have run, in order of `from`. `reach` is the latest end of this span and of all spans before it. */
  readonly spans: readonly { readonly from: EpochMs; readonly to: EpochMs; readonly reach: EpochMs }[];
  /** How many spans must contain the time of a throttle. */
  readonly needed: number;
}

export function throttleCover(history: FunctionHistory): ThrottleCover {
  const tolerance = history.settings.clockToleranceMs;
  const spans: Span[] = [];
  for (const invocation of history.invocations) {
    if (invocation.start === null || !history.driverByRequest.has(invocation.requestId)) continue;
    const end = invocation.reportAt ?? invocation.end;
    if (end !== null) spans.push(widened({ from: invocation.start, to: end }, tolerance));
  }
  const limit = history.driver?.timeoutMs ?? null;
  for (const driver of history.driver?.invocations ?? []) {
    if (
      driver.outcome?.outcome !== "unknown" ||
      driver.endedAt === null ||
      driver.sentAt === null ||
      limit === null
    )
      continue;
    // An invocation whose outcome the driver does not know ends at most one Init and one time-out of the function after its call was sent.
    spans.push({
      from: onAxis(driver.endedAt),
      to: after(onAxis(driver.sentAt), limit + INIT_MS_MAX + tolerance),
    });
  }
  spans.sort((a, b) => a.from - b.from);
  let reach: EpochMs = ALWAYS;
  return {
    spans: spans.map((span) => ({ ...span, reach: (reach = later(reach, span.to)) })),
    needed: Math.max(1, history.reservedConcurrency ?? 1),
  };
}

export function explainsThrottle(cover: ThrottleCover, throttled: DriverInvocation): boolean {
  const time = onAxis(throttled.sentAt);
  if (time === null || namesOtherLimit(throttled)) return false;
  let needed = cover.needed;
  const after = firstIndex(cover.spans.length, (index) => (cover.spans[index]?.from ?? 0) > time);
  for (let index = after - 1; index >= 0 && needed > 0; index -= 1) {
    const span = cover.spans[index];
    if (span === undefined || span.reach < time) return false;
    if (span.to >= time) needed -= 1;
  }
  return needed === 0;
}

/** Whether Lambda named another limit than the reserved concurrency, such as the concurrency of the account. */
function namesOtherLimit({ outcome }: DriverInvocation): boolean {
  return (
    outcome?.outcome === "throttled" &&
    outcome.reason !== null &&
    outcome.reason !== ("ReservedFunctionConcurrentInvocationLimitExceeded" satisfies ThrottleReason)
  );
}
