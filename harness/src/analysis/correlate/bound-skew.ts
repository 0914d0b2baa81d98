/**
 * Computes bounds for the difference between clocks, from events whose order is known. START comes between the driver's call and its
 * answer. The peer's line about a connection comes before the function's line about it.
 */
import { durationMs, type DurationMs } from "../../base/time.ts";
import { onAxis } from "../../base/clocks.ts";
import { ATTEMPT_MS_MAX } from "../../words/time-limits.ts";
import type { ClockPair } from "../../result/findings/accounting-findings.ts";
import type { DriverInvocation } from "../timeline/driver-timeline.ts";
import type { ObservedEnvironment } from "../timeline/environment.ts";
import type { SkewBound } from "./function-history.ts";

export const PEER_AND_FUNCTIONS = "peer-and-functions";

export function boundSkew(
  environments: readonly ObservedEnvironment[],
  driverByRequest: ReadonlyMap<string, DriverInvocation>,
  toleranceMs: DurationMs,
): SkewBound[] {
  let driverLow = -Infinity;
  let driverHigh = Infinity;
  let peerHigh = Infinity;
  for (const environment of environments) {
    for (const invocation of environment.invocations) {
      const sent = driverByRequest.get(invocation.requestId);
      if (sent === undefined || invocation.start === null) continue;
      if (sent.sentAt !== null) driverHigh = Math.min(driverHigh, invocation.start - onAxis(sent.sentAt));
      if (sent.endedAt !== null) driverLow = Math.max(driverLow, invocation.start - onAxis(sent.endedAt));
    }
    for (const boot of environment.boots) {
      for (const attempt of boot.attempts) {
        const seen = onAxis(attempt.peer?.acceptedAt ?? attempt.peer?.refusedAt);
        if (attempt.ownLine && seen !== null) peerHigh = Math.min(peerHigh, attempt.time - seen);
      }
    }
  }
  // The environment can be frozen between the peer's line and the function's line, so the times of the two lines can be far apart. Only the
  // pair of lines with the closest times gives a lower bound.
  const bounds = [
    bound("driver-and-functions", driverLow, driverHigh, toleranceMs),
    bound(PEER_AND_FUNCTIONS, peerHigh - ATTEMPT_MS_MAX, peerHigh, toleranceMs),
  ];
  return bounds.filter((one) => one !== null);
}

/** The difference is the functions' clock minus the other clock. */
function bound(between: ClockPair, low: number, high: number, toleranceMs: DurationMs): SkewBound | null {
  if (!Number.isFinite(low) && !Number.isFinite(high)) return null;
  return {
    between,
    atLeastMs: durationMs(Math.min(low, high)),
    atMostMs: durationMs(Math.max(low, high)),
    beyond: low > toleranceMs || high + toleranceMs < 0,
    contradictory: low > high + toleranceMs,
  };
}
