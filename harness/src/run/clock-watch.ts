/**
 * Compares the wall clock with the monotonic one. The pace of a run does not follow the wall clock, but everything that is logged does: a
 * clock that is set back breaks the order of what was logged, and one that leaps ahead (or a machine that slept) leaves a gap.
 */
import type { Clock } from "../ports/clock.ts";

/** Smaller changes are normal corrections by time services, and every judgement allows for them. */
const LEAP_MS = 1_000;

/** Returns by how much the clock was changed since the last call, or 0. */
export function clockWatch(clock: Clock): () => number {
  let last = clock.now() - clock.monotonic();
  return () => {
    const offset = clock.now() - clock.monotonic();
    const byMs = Math.round(offset - last);
    if (Math.abs(byMs) < LEAP_MS) return 0;
    last = offset;
    return byMs;
  };
}
