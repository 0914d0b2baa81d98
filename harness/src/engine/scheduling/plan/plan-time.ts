/**
 * The plan's own time: waits for offsets on the monotonic clock, so that a clock that is set during a run moves no entry,
 * and stops waiting at once when the conductor is stopped.
 */
import type { Clock } from "../../../ports/clock.ts";
import { durationMs as length, type EpochMs } from "../../../units/time.ts";

export interface PlanTime {
  /** Milliseconds since offset 0; negative before it. */
  now(): number;
  /** True when the offset has been reached, false when the conductor was stopped before. */
  reached(offsetMs: number): Promise<boolean>;
  /** Looks again and again until it holds; false when the offset `untilMs`, or a stop, came first. */
  becomes(
    condition: () => boolean,
    looking: { readonly everyMs: number; readonly untilMs: number },
  ): Promise<boolean>;
  /** Where the plan ends. */
  readonly endMs: number;
}

/** Timers of the platform take 24 days at most. */
const SLEEP_MS_MOST = 3_600_000;

export function planTime(options: {
  readonly clock: Clock;
  readonly startAt: EpochMs;
  readonly durationMs: number;
  readonly signal: AbortSignal;
}): PlanTime {
  const { clock, signal } = options;
  const zero = clock.monotonic() + (options.startAt - clock.now());
  const now = (): number => clock.monotonic() - zero;
  return {
    now,
    endMs: options.durationMs,
    async reached(offsetMs) {
      while (!signal.aborted && now() < offsetMs) {
        await clock.sleep(length(Math.min(SLEEP_MS_MOST, Math.ceil(offsetMs - now()))), signal);
      }
      return !signal.aborted;
    },
    async becomes(condition, { everyMs, untilMs }) {
      while (!condition()) {
        if (signal.aborted || now() >= untilMs) return false;
        await clock.sleep(length(everyMs), signal);
      }
      return true;
    },
  };
}
