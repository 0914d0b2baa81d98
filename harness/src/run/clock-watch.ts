/**
 * Compares the wall clock with the monotonic clock. If the wall clock is set back, log lines are out of order. If it leaps ahead, or the
 * machine slept, the log has a gap.
 */
import type { Clock } from "./ports/clock.ts";

/**
 * Time services make smaller changes as a matter of course, and every judgement allows for them. Small changes are not added up: if a
 * system corrects only its wall clock, the two clocks drift apart by seconds within some days, and no line is out of order because of that.
 */
const LEAP_MS = 1_000;

/**
 * Returns a function that tells by how much the wall clock was changed since the last call (at first: since the call of `clockWatch`). It
 * returns 0 if the change is less than `LEAP_MS`.
 */
export function clockWatch(clock: Clock): () => number {
  let last = clock.now() - clock.monotonic();
  return () => {
    const offset = clock.now() - clock.monotonic();
    const byMs = Math.round(offset - last);
    last = offset;
    return Math.abs(byMs) < LEAP_MS ? 0 : byMs;
  };
}
