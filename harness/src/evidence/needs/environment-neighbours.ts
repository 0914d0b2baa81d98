/**
 * Keeps the quiet invocations (evidence-need.ts) next to every event or invocation of the same environment that is not quiet: two before it
 * and two after it.
 */
import type { Retainer, Retaining } from "./retainer.ts";

const NEIGHBOURS = 2;

interface QuietNeighbours {
  /** The last two quiet rows. */
  before: readonly number[];
  /** How many of the next quiet rows are kept. */
  after: number;
}

export function retainEnvironmentNeighbours({ store, keep }: Retaining): Retainer {
  const streams = new Map<number, QuietNeighbours>();
  const placeOf = (row: number): QuietNeighbours => {
    const stream = store.stream(row);
    const place = streams.get(stream) ?? { before: [], after: 0 };
    streams.set(stream, place);
    return place;
  };
  return {
    quiet(row) {
      const place = placeOf(row);
      if (place.after > 0) keep(row);
      place.after = Math.max(0, place.after - 1);
      place.before = place.before.slice(1 - NEIGHBOURS).concat(row);
    },
    other(row) {
      const place = placeOf(row);
      place.before.forEach(keep);
      place.after = NEIGHBOURS;
    },
    ended(stream) {
      streams.delete(stream);
    },
  };
}
