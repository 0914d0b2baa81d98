/**
 * The moments at which a run is cut into segments. Every history passes through each of them in some state, so any moment would do. Those
 * are chosen that lie within the fewest intervals of events that were seen, because there the states are few.
 */
import type { Facts } from "../facts/facts.ts";
import type { EventSighting } from "../facts/sighting.ts";
import { CONNECTION_EVENTS } from "./state.ts";

/** A segment has at least as many events that were seen, and about twice as many at most. A cut costs about as much as the search for a few. */
const EVENTS_OF_A_SEGMENT = 6;

/** In order. The last one is the end of the evidence. */
export function chooseCuts(facts: Facts): number[] {
  const seen = allSightings(facts).filter(({ seen: is, from, to }) => is && from <= to && to < facts.end);
  const begins = seen.map(({ from }) => from).sort((one, other) => one - other);
  const ends = seen.map(({ to }) => to).sort((one, other) => one - other);
  const cuts: number[] = [];
  let [begun, since] = [0, 0];
  let best = { open: Infinity, at: facts.begin };
  for (const [over, at] of ends.entries()) {
    // Only where one moment ends. All events that can happen then belong to the segment before.
    if (ends[over + 1] === at) continue;
    while (begun < begins.length && begins[begun]! <= at) begun += 1;
    const open = begun - (over + 1);
    if (over + 1 - since < EVENTS_OF_A_SEGMENT) continue;
    if (open < best.open) best = { open, at };
    if (open > 0 && over + 1 - since < 2 * EVENTS_OF_A_SEGMENT) continue;
    cuts.push(best.at);
    since = over + 1;
    best = { open: Infinity, at };
  }
  return [...cuts, facts.end];
}

const allSightings = ({ processes, invocations, connections }: Facts): EventSighting[] => [
  ...processes.flatMap(({ began, initEnded, ended }) => [began, initEnded, ended]),
  ...invocations.flatMap(({ began, ended }) => [began, ended]),
  ...connections.flatMap((c) => [...CONNECTION_EVENTS.map((event) => c[event]), ...c.used]),
];
