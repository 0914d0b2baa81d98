/** How long the local Lambda takes for what AWS does in the background (`serve --timing`). */
import { type DurationMs, durationMs } from "../base/time.ts";

export const TIMINGS = ["instant", "aws"] as const;
export type Timing = (typeof TIMINGS)[number];

export interface ServeTiming {
  /** How long `Pending` and `InProgress` last. */
  readonly stateDelayMs: DurationMs;
  readonly logDelayMs: DurationMs;
}

/** The delays of `aws` are within what was measured (docs/aws/function-api.md#states, docs/aws/logs-api.md#delivery-delay). */
const PRESETS: Readonly<Record<Timing, ServeTiming>> = {
  instant: { stateDelayMs: durationMs(0), logDelayMs: durationMs(0) },
  aws: { stateDelayMs: durationMs(1_500), logDelayMs: durationMs(2_000) },
};

export function serveTiming(given: {
  readonly timing: Timing;
  readonly stateDelayMs: DurationMs | null;
  readonly logDelayMs: DurationMs | null;
}): ServeTiming {
  const preset = PRESETS[given.timing];
  return {
    stateDelayMs: given.stateDelayMs ?? preset.stateDelayMs,
    logDelayMs: given.logDelayMs ?? preset.logDelayMs,
  };
}
