/** Quiet invocations next to what is not quiet, in the order of their environment: two before it and two behind it. */
import type { Retainer, Retaining } from "./retainer.ts";

const NEIGHBOURS = 2;

interface Place {
  /** The last quiet rows. */
  before: readonly number[];
  /** So many more quiet rows are kept. */
  behind: number;
}

export function retainEnvironmentNeighbours({ store, keep }: Retaining): Retainer {
  const streams = new Map<number, Place>();
  const placeOf = (row: number): Place => {
    const stream = store.stream(row);
    const place = streams.get(stream) ?? { before: [], behind: 0 };
    streams.set(stream, place);
    return place;
  };
  return {
    quiet(row) {
      const place = placeOf(row);
      if (place.behind > 0) keep(row);
      place.behind = Math.max(0, place.behind - 1);
      place.before = place.before.slice(1 - NEIGHBOURS).concat(row);
    },
    other(row) {
      const place = placeOf(row);
      place.before.forEach(keep);
      place.behind = NEIGHBOURS;
    },
  };
}
