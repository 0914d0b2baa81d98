/**
 * Quiet invocations at, and next to, each instant at which something happened that is not quiet, in any environment and by any source: by their
 * START, and of those that were served also by when they were connected.
 */
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

/** Intervals around these instants: bounds from and to in turns, ascending. */
function troubleOf(retaining: Retaining): Float64Array {
  const { streams, clockToleranceMs } = retaining;
  const elsewhere = new IntervalSet(2 * clockToleranceMs, 2 * clockToleranceMs + 1);
  const { driver, peer, link, log } = looseTimes(retaining);
  for (const time of [...driver, ...peer, ...link, ...log]) elsewhere.add(time);
  return IntervalSet.merged([...streams.map(({ part }) => part.oddTimes), elsewhere]);
}
