/** Accounting: the clocks are no further apart than the tolerance. */
import { durationMs, type DurationMs } from "../../../base/time.ts";
import type { SkewRange } from "../../../result/findings/accounting-findings.ts";
import type { SkewBound } from "../../correlate/function-history.ts";
import { ZONE_STEP_MS } from "../../correlate/find-openers.ts";
import { defineCheck, sayClear, sayFound } from "./check.ts";

export const clocksAgree = defineCheck({
  name: "clocks-agree",
  kind: "accounting",
  // If clocks differ, the checks that need the order of events become unknown, and these checks give the reason.
  reasons: { found: null },
  run: ({ history }) => {
    const { clockToleranceMs } = history.settings;
    const beyond = history.skew.filter((bound) => bound.beyond);
    if (beyond.length > 0) {
      return beyond.map((bound) =>
        sayFound("clocks-apart", {
          toleranceMs: clockToleranceMs,
          ...zoneOf(rangeOf(bound), clockToleranceMs),
          ...rangeOf(bound),
        }),
      );
    }
    if (history.environments.some(({ peerAhead }) => peerAhead === null)) {
      const fitsAt = history.peerFitsAtMs === null ? {} : { fitsAtMs: history.peerFitsAtMs };
      return [sayFound("peer-clock-fits-nowhere", { toleranceMs: clockToleranceMs, ...fitsAt })];
    }
    if (history.skew.length === 0) return [sayClear("clocks-not-compared")];
    return [sayClear("clocks-agree", { toleranceMs: clockToleranceMs, ranges: history.skew.map(rangeOf) })];
  },
});

function rangeOf({ between, atLeastMs, atMostMs }: SkewBound): SkewRange {
  return { between, atLeastMs: rounded(atLeastMs), atMostMs: rounded(atMostMs) };
}

/** The peer's times may be in another time zone if they differ by about a whole number of quarters of an hour. */
function zoneOf(
  { between, atLeastMs, atMostMs }: SkewRange,
  toleranceMs: DurationMs,
): { readonly fitsAtMs?: DurationMs } {
  if (between !== "peer-and-functions" || atLeastMs === null || atMostMs === null) return {};
  const fitsAtMs = durationMs(Math.round((atLeastMs + atMostMs) / 2 / ZONE_STEP_MS) * ZONE_STEP_MS);
  const isNear = atLeastMs - toleranceMs <= fitsAtMs && fitsAtMs <= atMostMs + toleranceMs;
  return fitsAtMs !== 0 && isNear ? { fitsAtMs } : {};
}

function rounded(ms: DurationMs): number | null {
  return Number.isFinite(ms) ? Math.round(ms) : null;
}
