/** The machine's clocks. */
import { performance } from "node:perf_hooks";
import type { Clock } from "../../run/ports/clock.ts";
import { epochMs, monotonicMs, type DurationMs } from "../../base/time.ts";

const TIMER_MAX_MS = 2_147_483_647;

export const systemClock: Clock = {
  now: () => epochMs(Date.now()),
  monotonic: () => monotonicMs(performance.now()),
  sleep: (length, signal) => sleepUntil(performance.now() + length, signal),
};

/** The loop is needed, because Node's timers may fire a little early and cannot wait for a month. */
async function sleepUntil(due: number, signal: AbortSignal | undefined): Promise<void> {
  for (
    let left = due - performance.now();
    left > 0 && signal?.aborted !== true;
    left = due - performance.now()
  ) {
    await timer(Math.min(left, TIMER_MAX_MS) as DurationMs, signal);
  }
}

function timer(length: DurationMs, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(handle);
      signal?.removeEventListener("abort", end);
      resolve();
    };
    const handle = setTimeout(end, length);
    signal?.addEventListener("abort", end);
  });
}
