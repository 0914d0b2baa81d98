/** Soaks whose platform follows a profile that a test knows. An invocation comes every two minutes. */
import type { Evidence } from "../../../src/record/evidence.ts";
import { drawPlan } from "../../../src/platform/draw-plan.ts";
import type { Gap, PlatformProfile } from "../../../src/platform/platform-profile.ts";
import { playPlan } from "./play-plan.ts";

export const MINUTE_MS = 60_000;

export const minutes = (least: number, most: number): Gap => ({
  everyMs: [least * MINUTE_MS, most * MINUTE_MS],
  everyIntervals: [0, 0],
});

export interface KnownGaps {
  readonly retire: Gap;
  readonly ahead: Gap;
  readonly elsewhere: Gap | null;
}

interface KnownSoak {
  readonly seed: number;
  readonly hours: number;
  /** Whether the evidence has the ends of environments, as only the local engine records them. */
  readonly ends: boolean;
}

export function knownSoak(gaps: KnownGaps, { seed, hours, ends }: KnownSoak): Evidence {
  const plan = drawPlan({
    profile: profileOf(gaps),
    seed,
    durationMs: hours * 60 * MINUTE_MS,
    intervalMs: 2 * MINUTE_MS,
  });
  return playPlan(plan, { ends });
}

function profileOf({ retire, ahead, elsewhere }: KnownGaps): PlatformProfile {
  return {
    name: "known",
    placement: "most-recent",
    aheadElsewhere: elsewhere,
    aheadUndisturbed: true,
    events: [
      { action: "retire", selector: "most-recent-idle", ending: "fin", ...retire },
      { action: "initialise-ahead", ...ahead },
    ],
  };
}
