/** A clock that moves only when a test calls `pass`. It jumps from one sleeper's wake-up time to the next. */
import type { Clock } from "../../../../src/run/ports/clock.ts";
import { epochMs, monotonicMs } from "../../../../src/base/time.ts";

export interface VirtualClock extends Clock {
  /** Moves the clock. Wakes every sleeper at its time, and waits for the effects before it moves on. */
  pass(lengthMs: number): Promise<void>;
  /** The number of sleepers that have not been woken. At the end of a test these are timers that were left behind. */
  readonly sleepers: number;
}

export function createVirtualClock(startMs: number): VirtualClock {
  let nowMs = startMs;
  let sleeping: { readonly at: number; readonly wake: () => void }[] = [];
  const everythingElse = (): Promise<void> =>
    new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
  return {
    now: () => epochMs(nowMs),
    monotonic: () => monotonicMs(nowMs - startMs + 5_000),
    sleep: (length, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const wake = (): void => {
          signal?.removeEventListener("abort", wake);
          sleeping = sleeping.filter((other) => other !== sleeper);
          resolve();
        };
        const sleeper = { at: nowMs + length, wake };
        sleeping.push(sleeper);
        signal?.addEventListener("abort", wake);
      }),
    get sleepers() {
      return sleeping.length;
    },
    async pass(lengthMs) {
      const end = nowMs + lengthMs;
      await everythingElse();
      for (;;) {
        const next = sleeping.filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
        if (next === undefined) break;
        nowMs = Math.max(nowMs, next.at);
        next.wake();
        await everythingElse();
      }
      nowMs = end;
    },
  };
}
