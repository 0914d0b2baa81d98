/**
 * Returns the lengths from each event to the next one. A break, such as the end of the run, ends the observation, so the gap before it is
 * open. The next gap begins at the first event after the break, because nothing shows when the gap before that event began.
 */
import type { Length } from "./length.ts";

/** An event that happened between two times, in milliseconds since 1970. `low` and `high` are equal if its time is known. */
export interface Moment {
  readonly low: number;
  readonly high: number;
}

export function gapsBetween(events: readonly Moment[], breaks: readonly number[], end: number): Length[] {
  const inOrder = [...events].sort((one, other) => one.low - other.low);
  return inOrder.map((from, index) => {
    const next = inOrder[index + 1];
    const stop = Math.min(end, ...breaks.filter((each) => each >= from.high));
    return next === undefined || next.low > stop
      ? { low: Math.max(0, stop - from.high), high: Infinity }
      : { low: Math.max(0, next.low - from.high), high: next.high - from.low };
  });
}
