/**
 * Open-loop pacing: instant n is start + n × interval. The schedule does not wait for a slow answer, because that would hide the delay
 * (coordinated omission). There are as many lanes as invocations may be in flight. Each lane has one invocation in flight, and skips the
 * instants that pass meanwhile.
 */
import { invariant } from "../base/invariant.ts";
import type { Clock } from "./ports/clock.ts";
import { durationMs, monotonicMs, type DurationMs, type MonotonicMs } from "../base/time.ts";

export interface Instant {
  /** The number of the instant, from 1. When `paceLanes` calls `invoke` or `skip`, it is the number of the invocation instead. */
  readonly n: number;
  readonly due: MonotonicMs;
}

interface Pace {
  readonly clock: Clock;
  /** The time of instant 0. */
  readonly start: MonotonicMs;
  readonly interval: DurationMs;
  readonly first: number;
  readonly last: number;
  /** No invocation begins after this signal. Instants that pass during the last invocation are skipped. */
  readonly stop: AbortSignal;
  /** Resolves when the invocation has ended. Never rejects. */
  invoke(instant: Instant): Promise<void>;
  skip(instant: Instant): void;
}

interface Lanes extends Pace {
  readonly lanes: number;
}

/**
 * At every instant, one invocation begins in each lane. Invocations are numbered across the lanes: with three lanes, instant 2 has the
 * invocations 4, 5 and 6.
 */
export async function paceLanes({ lanes, ...options }: Lanes): Promise<void> {
  const numbered = (lane: number, { n, due }: Instant): Instant => ({ n: (n - 1) * lanes + lane + 1, due });
  const lane = (index: number, first: number, last: number): Promise<number> =>
    pace({
      ...options,
      first,
      last,
      invoke: (instant) => options.invoke(numbered(index, instant)),
      skip: (instant) => options.skip(numbered(index, instant)),
    });
  const reached = await Promise.all(
    Array.from({ length: lanes }, (_, index) => lane(index, options.first, options.last)),
  );
  // After a stop, each lane waits for its last invocation and skips the instants that pass meanwhile. A lane with a longer invocation skips
  // more of them. The other lanes then skip the same instants, so that all lanes end at one instant.
  const last = Math.max(...reached);
  for (const [index, own] of reached.entries())
    for (let n = own + 1; n <= last; n += 1)
      options.skip(numbered(index, { n, due: monotonicMs(options.start + n * options.interval) }));
}

/** Returns the last instant that was invoked or skipped. */
export async function pace(options: Pace): Promise<number> {
  const { clock, start, interval, last, stop } = options;
  invariant(interval > 0, "an interval has a length");
  const instant = (n: number): Instant => ({ n, due: monotonicMs(start + n * interval) });
  let n = options.first;
  while (n <= last) {
    await sleepUntil(clock, instant(n).due, stop);
    if (stop.aborted) break;
    await options.invoke(instant(n));
    n = skipPassed(n + 1);
  }
  return n - 1;

  /** An instant that is due right now has not passed. */
  function skipPassed(from: number): number {
    let next = from;
    while (next <= last && instant(next).due < clock.monotonic()) {
      options.skip(instant(next));
      next += 1;
    }
    return next;
  }
}

async function sleepUntil(clock: Clock, due: MonotonicMs, stop: AbortSignal): Promise<void> {
  for (let left = due - clock.monotonic(); left > 0 && !stop.aborted; left = due - clock.monotonic()) {
    await clock.sleep(durationMs(left), stop);
  }
}

export function instantsIn(length: DurationMs, interval: DurationMs): number {
  return Math.floor(length / interval);
}
