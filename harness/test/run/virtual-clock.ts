/** A clock that moves only when all its users sleep. Then it jumps to the next wake-up time. */
import type { Clock } from "../../src/run/ports/clock.ts";
import { epochMs, monotonicMs } from "../../src/base/time.ts";

interface Sleeper {
  readonly at: number;
  wake(): void;
}

export class VirtualClock implements Clock {
  #elapsed = 0;
  #sleepers: Sleeper[] = [];
  #startedAt: number;

  constructor(startedAt = Date.parse("2026-11-25T01:02:03.000Z")) {
    this.#startedAt = startedAt;
  }

  now = () => epochMs(this.#startedAt + this.#elapsed);
  /** Sets the wall clock, as a user of the computer could. */
  change = (byMs: number): void => {
    this.#startedAt += byMs;
  };
  monotonic = () => monotonicMs(this.#elapsed);

  sleep = (length: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal?.aborted === true) return resolve();
      const wake = (): void => {
        this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
        signal?.removeEventListener("abort", wake);
        resolve();
      };
      const sleeper: Sleeper = { at: this.#elapsed + Math.max(0, length), wake };
      this.#sleepers.push(sleeper);
      signal?.addEventListener("abort", wake);
    });

  /** Moves the clock until the work is done. */
  async run<Value>(work: Promise<Value>): Promise<Value> {
    let done = false;
    const ended = work.finally(() => {
      done = true;
    });
    ended.catch(() => undefined);
    for (;;) {
      // Let all pending callbacks run first.
      await new Promise((resolve) => setImmediate(resolve));
      if (done) return ended;
      const next = this.#sleepers.reduce<Sleeper | null>(
        (best, one) => (best === null || one.at < best.at ? one : best),
        null,
      );
      if (next === null) continue;
      this.#elapsed = Math.max(this.#elapsed, next.at);
      next.wake();
    }
  }
}
