/** How exact the times of a function's log and of its peer's log are. */
import type { GatheredFunction } from "../../evidence/gathered-evidence.ts";
import type { JudgementSettings } from "../../domain/judgement-settings.ts";
import type { PeerClock } from "./pair-attempts.ts";
import { resolutionOf } from "./read-server-log.ts";

export function clockOf(
  { peerLog, logClock }: GatheredFunction,
  { clockToleranceMs }: JudgementSettings,
): PeerClock {
  return {
    toleranceMs: clockToleranceMs,
    cutMs: resolutionOf(peerLog ?? []) - 1,
    logCutMs: (logClock?.resolutionMs ?? 1) - 1,
  };
}

/** Adds the resolution of the logs to the clock tolerance: a log of whole seconds writes a time up to one second too early. */
export function withResolution(
  settings: JudgementSettings,
  { peerLog, logClock }: GatheredFunction,
): JudgementSettings {
  const steps = [resolutionOf(peerLog ?? []), logClock?.resolutionMs ?? 1].filter((step) => step > 1);
  return steps.reduce((all, step) => ({ ...all, clockToleranceMs: all.clockToleranceMs + step }), settings);
}
