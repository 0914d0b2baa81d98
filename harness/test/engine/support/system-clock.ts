/** The real clock, for tests with real processes. */
import type { Clock } from "../../../src/run/ports/clock.ts";
import { epochMs, monotonicMs } from "../../../src/base/time.ts";

export const systemClock: Clock = {
  now: () => epochMs(Date.now()),
  monotonic: () => monotonicMs(performance.now()),
  sleep: (length, signal) =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, length);
      signal?.addEventListener(
        "abort",
        () => {
          clearTimeout(timer);
          resolve();
        },
        { once: true },
      );
    }),
};
