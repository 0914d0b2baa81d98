/** How exact the times of a function's log and of its peer's log are. */
import { durationMs } from "../../base/time.ts";
import type { GatheredFunction } from "../../evidence/gathered-evidence.ts";
import type { JudgementSettings } from "../../record/judgement-settings.ts";
import type { TypedSettings } from "./function-history.ts";
import type { PeerClock } from "./pair-attempts.ts";
import type { PeerLogFacts } from "./read-server-log.ts";

export function clockOf(
  { logClock }: GatheredFunction,
  { resolutionMs }: PeerLogFacts,
  { clockToleranceMs }: TypedSettings,
): PeerClock {
  return {
    toleranceMs: clockToleranceMs,
    cutMs: durationMs(resolutionMs - 1),
    logCutMs: durationMs((logClock?.resolutionMs ?? 1) - 1),
  };
}

/** Adds the resolution of the logs to the clock tolerance: a log of whole seconds writes a time up to one second too early. */
export function withResolution(
  settings: JudgementSettings,
  { logClock }: GatheredFunction,
  { resolutionMs }: PeerLogFacts,
): TypedSettings {
  const steps = [resolutionMs, logClock?.resolutionMs ?? 1].filter((step) => step > 1);
  return steps.reduce(
    (all, step) => ({ ...all, clockToleranceMs: all.clockToleranceMs + step }),
    settings,
  ) as TypedSettings;
}
