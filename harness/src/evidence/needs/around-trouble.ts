/** Keeps the quiet invocations (evidence-need.ts) next to each time at which something not quiet happened in any source. */
import { IntervalSet } from "../interval-set.ts";
import { ROW } from "../record-store.ts";
import { IntervalNeighbours } from "./interval-neighbours.ts";
import { looseTimes } from "./loose-times.ts";
import type { Retainer, Retaining } from "./retainer.ts";

export function retainAroundTrouble(retaining: Retaining): Retainer {
  const { store, keep } = retaining;
  const trouble = troubleOf(retaining);
  const [byStart, servedByStart, servedByConnection] = [0, 1, 2].map(
    () => new IntervalNeighbours(trouble, keep),
  ) as [IntervalNeighbours, IntervalNeighbours, IntervalNeighbours];
  return {
    quiet(row) {
      byStart.take(store.start(row), row);
      if (store.kind(row) !== ROW.served) return;
      servedByStart.take(store.start(row), row);
      servedByConnection.take(store.connectedAt(row), row);
    },
    finish() {
      for (const near of [byStart, servedByStart, servedByConnection]) near.finish();
    },
  };
}

/**
 * Returns intervals around the times at which something not quiet happened: the beginning and the end of each interval, one after the
 * other, in ascending order.
 */
function troubleOf(retaining: Retaining): Float64Array {
  const { streams, clockToleranceMs } = retaining;
  const elsewhere = new IntervalSet(2 * clockToleranceMs, 2 * clockToleranceMs + 1);
  const { driver, peer, link, log } = looseTimes(retaining);
  for (const time of [...driver, ...peer, ...link, ...log]) elsewhere.add(time);
  return IntervalSet.merged(withOddTimes(streams, elsewhere));
}

/** The sets are made one by one, because there can be very many. */
function* withOddTimes(streams: Retaining["streams"], elsewhere: IntervalSet): Generator<IntervalSet> {
  for (const { part } of streams) yield part.oddTimes;
  yield elsewhere;
}
