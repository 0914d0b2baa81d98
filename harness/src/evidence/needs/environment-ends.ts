/** Keeps the first two and the last two quiet invocations (evidence-need.ts) of each environment. */
import type { Retainer, Retaining } from "./retainer.ts";

const ENDS = 2;

export function retainEnvironmentEnds({ store, keep }: Retaining): Retainer {
  const streams = new Map<number, { first: number; last: readonly number[] }>();
  return {
    quiet(row) {
      const stream = store.stream(row);
      const ends = streams.get(stream) ?? { first: 0, last: [] };
      streams.set(stream, ends);
      if (ends.first < ENDS) keep(row);
      ends.first += 1;
      ends.last = ends.last.slice(1 - ENDS).concat(row);
    },
    ended(stream) {
      streams.get(stream)?.last.forEach(keep);
      streams.delete(stream);
    },
  };
}
