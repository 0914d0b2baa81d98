/**
 * The moments at which a run is cut into segments. Every history passes through each of them in some state, so any moment would do. Those
 * are chosen that lie within no interval in which a seen event happened, because there the states are few.
 */
import type { Facts } from "../facts/facts.ts";
import type { EventSighting } from "../facts/sighting.ts";
import { CONNECTION_EVENTS } from "./state.ts";

/** A cut costs about as much as the search for a few events. */
const EVENTS_BETWEEN_CUTS = 6;

/** In order. The last one is the end of the evidence. */
export function chooseCuts(facts: Facts): number[] {
  const seen = allSightings(facts)
    .filter((sighting) => sighting.seen && sighting.from <= sighting.to)
    .sort((one, other) => one.from - other.from);
  const cuts: number[] = [];
  let [until, events] = [facts.begin, 0];
  for (const { from, to } of seen) {
    if (from > until && events >= EVENTS_BETWEEN_CUTS && until < facts.end) {
      cuts.push(until);
      events = 0;
    }
    until = Math.max(until, to);
    events += 1;
  }
  return [...cuts, facts.end];
}

const allSightings = ({ processes, invocations, connections }: Facts): EventSighting[] => [
  ...processes.flatMap(({ began, initEnded, ended }) => [began, initEnded, ended]),
  ...invocations.flatMap(({ began, ended }) => [began, ended]),
  ...connections.flatMap((c) => [...CONNECTION_EVENTS.map((event) => c[event]), ...c.used]),
];
