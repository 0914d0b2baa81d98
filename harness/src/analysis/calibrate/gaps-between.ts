/**
 * Returns the length of each gap from one event to the next. A gap is open if a break, such as the end of the run, comes before the next
 * event.
 */
import type { EpochMs } from "../../base/time.ts";
import type { Length } from "./length.ts";

/** An event that happened between two times, in milliseconds since 1970. The two times are equal if the time of the event is known. */
export interface UncertainTime {
  readonly low: EpochMs;
  readonly high: EpochMs;
}

export function gapsBetween(
  events: readonly UncertainTime[],
  breaks: readonly EpochMs[],
  end: EpochMs,
): Length[] {
  const inOrder = [...events].sort((one, other) => one.low - other.low);
  return inOrder.map((from, index) => {
    const next = inOrder[index + 1];
    const stop = Math.min(end, ...breaks.filter((each) => each >= from.high));
    return next === undefined || next.low > stop
      ? { low: Math.max(0, stop - from.high), high: Infinity }
      : { low: Math.max(0, next.low - from.high), high: next.high - from.low };
  });
}
