/**
 * Explains a throttle by another invocation of the driver that was running at that time. Either the Invoke phase of that invocation, from
 * START to REPORT, covers the throttle within the clock tolerance. Or the driver had stopped waiting for that invocation, which may still
 * have been running.
 */
import { INIT_MS_MAX } from "../../domain/time-limits.ts";
import { firstIndex } from "../../domain/first-index.ts";
import type { DriverInvocation } from "../timeline/driver-timeline.ts";
import type { EvidenceView } from "../correlate/evidence-view.ts";

export const THROTTLE_NEEDS = ["around-trouble"] as const;
type ThrottleView = EvidenceView<typeof THROTTLE_NEEDS>;

export interface ThrottleCover {
  /** The spans in order of `from`. `reach` is the latest end of this span and all spans before it. */
  readonly spans: readonly { readonly from: number; readonly reach: number }[];
}

export function throttleCover(history: ThrottleView): ThrottleCover {
  const tolerance = history.settings.clockToleranceMs;
  const spans: { from: number; to: number }[] = [];
  for (const invocation of history.invocations) {
    if (invocation.start === null || !history.driverByRequest.has(invocation.requestId)) continue;
    const end = invocation.reportAt ?? invocation.end;
    if (end !== null) spans.push({ from: invocation.start - tolerance, to: end + tolerance });
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
    // An abandoned call can run on for at most an Init and the function's time-out after it was sent.
    spans.push({ from: driver.endedAt, to: driver.sentAt + limit + INIT_MS_MAX + tolerance });
  }
  spans.sort((a, b) => a.from - b.from);
  let reach = -Infinity;
  return { spans: spans.map((span) => ({ from: span.from, reach: (reach = Math.max(reach, span.to)) })) };
}

export function explainsThrottle(cover: ThrottleCover, throttled: DriverInvocation): boolean {
  const time = throttled.sentAt;
  if (time === null) return false;
  const after = firstIndex(cover.spans.length, (index) => (cover.spans[index]?.from ?? 0) > time);
  return (cover.spans[after - 1]?.reach ?? -Infinity) >= time;
}
