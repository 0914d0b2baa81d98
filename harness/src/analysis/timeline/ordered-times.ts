/**
 * Gives the lines of one stream times in which they can be compared, if its source wrote coarse times or times of another zone. Lines with
 * one time keep their order, each a millisecond after the line before it: only their order is known. Then the function's own times, which are
 * exact, cannot be compared with the others, so they are left out.
 */
import { after, momentBy, onAxis } from "../../base/clocks.ts";
import type { GatheredFunction } from "../../evidence/gathered-evidence.ts";
import type { StreamEvent } from "../../logs/stream-event.ts";

export function* orderedTimes(
  events: Iterable<StreamEvent>,
  { resolutionMs, zoneMs }: NonNullable<GatheredFunction["logClock"]>,
): Generator<StreamEvent> {
  let [time, next] = [-Infinity, 0];
  for (const event of events) {
    next = event.timestamp === time ? Math.min(next + 1, resolutionMs - 1) : 0;
    time = event.timestamp;
    const timestamp = after(onAxis(momentBy("source", time)), zoneMs + (resolutionMs === 1 ? 0 : next));
    const { said } = event;
    const isExact = resolutionMs === 1 || said.kind !== "lifecycle";
    yield { ...event, timestamp, said: isExact ? said : { ...said, line: { ...said.line, time: null } } };
  }
}
