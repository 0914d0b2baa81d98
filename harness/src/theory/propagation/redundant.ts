/**
 * Lines that say nothing more than other lines about the same connection. In every history of the other lines, the event of such a line can
 * happen in its interval, and changes nothing else. Without it the search has fewer orders of events to follow.
 */
import type { ConnectionFacts } from "../facts/facts.ts";
import { UNKNOWN, type EventSighting } from "../facts/sighting.ts";
import type { Hypothesis } from "../model/hypothesis.ts";

export function withoutRedundant(hypothesis: Hypothesis): Hypothesis {
  const { facts } = hypothesis;
  return {
    ...hypothesis,
    facts: { ...facts, connections: facts.connections.map((c) => reduced(c, hypothesis)) },
  };
}

function reduced(c: ConnectionFacts, { server: { manner, lags } }: Hypothesis): ConnectionFacts {
  const { placed, turnedAway, firstByte, serverClosed, ended, freed, evicted } = c;
  if (placed.seen && !manner.greets && firstByte.seen) {
    // The server may send its byte at any time at which the client has its place.
    const leaves = [ended, freed, evicted, serverClosed].map(({ from }) => from);
    const isFree = Math.max(placed.to, firstByte.from) <= Math.min(firstByte.to, ...leaves);
    return isFree ? { ...c, firstByte: UNKNOWN } : c;
  }
  const words = manner.full === "says-no";
  const byteFits =
    !words ||
    (firstByte.seen && firstByte.to <= serverClosed.to && isSoon(turnedAway, firstByte, lags.speaks));
  if (turnedAway.seen && serverClosed.seen && byteFits && isSoon(turnedAway, serverClosed, lags.closes))
    return { ...c, firstByte: words ? UNKNOWN : firstByte, serverClosed: UNKNOWN };
  return c;
}

/** Whenever the first event happens, the second can follow in its own interval, not earlier and within the lag. */
const isSoon = (first: EventSighting, second: EventSighting, lag: number): boolean =>
  first.to <= second.to && second.from <= first.from + lag;
