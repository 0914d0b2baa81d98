/** The machine's clock behind the port, for tests with real sockets. */
import type { Clock } from "../../src/ports/clock.ts";
import { epochMs, monotonicMs } from "../../src/units/time.ts";

export const machineClock: Clock = {
  now: () => epochMs(Date.now()),
  monotonic: () => monotonicMs(performance.now()),
  sleep: (length, signal) =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const timer = setTimeout(resolve, length);
      signal?.addEventListener("abort", () => {
        clearTimeout(timer);
        resolve();
      });
    }),
};
