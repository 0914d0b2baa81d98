/** The time of a plan: waits for offsets on the monotonic clock, so that setting the system clock during a run moves no entry. */
import type { Clock } from "../../../run/ports/clock.ts";
import { durationMs as length, type EpochMs } from "../../../base/time.ts";

export interface PlanTime {
  /** Milliseconds since offset 0; negative before it. */
  now(): number;
  /** Resolves with true when the offset is reached, with false if the conductor was stopped before. */
  waitUntilOffset(offsetMs: number): Promise<boolean>;
  /** Checks the condition repeatedly. Resolves with true when it holds, with false if the offset `untilMs` or a stop came first. */
  waitUntilTrue(
    condition: () => boolean,
    looking: { readonly everyMs: number; readonly untilMs: number },
  ): Promise<boolean>;
  /** The offset at which the plan ends. */
  readonly endMs: number;
}

/** Node's timers wait for at most 24 days, so a longer wait is split. */
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
    async waitUntilOffset(offsetMs) {
      while (!signal.aborted && now() < offsetMs) {
        await clock.sleep(length(Math.min(SLEEP_MS_MOST, Math.ceil(offsetMs - now()))), signal);
      }
      return !signal.aborted;
    },
    async waitUntilTrue(condition, { everyMs, untilMs }) {
      while (!condition()) {
        if (signal.aborted || now() >= untilMs) return false;
        await clock.sleep(length(everyMs), signal);
      }
      return true;
    },
  };
}
