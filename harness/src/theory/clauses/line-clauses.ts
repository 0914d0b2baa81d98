/** The first clause: every line is true. */
import type { Facts } from "../facts/facts.ts";
import type { Hypothesis } from "../model/hypothesis.ts";
import type { EventSighting } from "../facts/sighting.ts";
import { CONNECTION_EVENTS, type ConnectionEvent, type HistoryMove, type State } from "../states/state.ts";
import type { Clause } from "./clause.ts";
import { has } from "./clause-clocks.ts";

const EVENT_OF: Partial<Record<HistoryMove["does"], ConnectionEvent>> = {
  ...{ asks: "asked", speaks: "spoke", queues: "queued", places: "placed", "turns-away": "turnedAway" },
  ...{ sends: "firstByte", closes: "serverClosed", ends: "ended", frees: "freed" },
};

/** The sightings of the events that the move is. */
function sightingsOf(
  { processes, invocations, connections }: Facts,
  state: State,
  move: HistoryMove,
): EventSighting[] {
  const evicted = "victim" in move && move.victim !== null ? [connections[move.victim]!.evicted] : [];
  switch (move.does) {
    case "begins-process":
      return [processes[move.process]!.began];
    case "ends-init":
      return [processes[move.process]!.initEnded];
    case "ends-process":
      return [processes[move.process]!.ended];
    case "begins-invocation":
      return [invocations[move.invocation]!.began];
    case "ends-invocation":
      return [invocations[move.invocation]!.ended];
    case "hides":
      return evicted;
    case "leaves":
    case "shuts":
      return [];
    case "uses":
      return [connections[move.connection]!.used[state.connections[move.connection]!.uses]!];
    default:
      return [connections[move.connection]![EVENT_OF[move.does]!], ...evicted];
  }
}

/** The sightings of everything that was seen and has not happened. */
export function stillToCome(
  { facts: { processes, invocations, connections }, server }: Hypothesis,
  state: State,
): EventSighting[] {
  const all: EventSighting[] = [];
  processes.forEach((p, index) => {
    const { phase } = state.processes[index]!;
    if (phase === "before") all.push(p.began, p.initEnded, p.ended);
    else if (phase === "init") all.push(p.initEnded, p.ended);
    else if (phase === "ready") all.push(p.ended);
  });
  invocations.forEach((i, index) => {
    const phase = state.invocations[index]!;
    if (phase === "before") all.push(i.began);
    if (phase !== "over") all.push(i.ended);
  });
  connections.forEach((c, index) => {
    const now = state.connections[index]!;
    for (const event of CONNECTION_EVENTS) {
      // What a client says matters only to a server that waits for it.
      const matters = event !== "spoke" || server.manner.stage === "speech";
      if (matters && !has(now, event)) all.push(c[event]);
    }
    for (let use = now.uses; use < c.used.length; use += 1) all.push(c.used[use]!);
  });
  return all.filter((sighting) => sighting.seen);
}

export const lineClauses: readonly Clause[] = [
  {
    name: "lines-are-true",
    says: "What was seen happened, when it was seen; what a complete source does not have did not happen.",
    forbids: ({ hypothesis, state }, move) => {
      if (move.does !== "ends-process") return false;
      const { endedSilently, initEnded } = hypothesis.facts.processes[move.process]!;
      const unended = state.processes[move.process]!.phase === "init" && initEnded.seen;
      return unended || (endedSilently !== "unknown" && endedSilently !== move.silently);
    },
    when: ({ hypothesis, state }, move) =>
      sightingsOf(hypothesis.facts, state, move).map(({ from, to }) => ({
        clock: null,
        atLeast: from,
        atMost: to,
      })),
    lasts: ({ hypothesis, state }) =>
      stillToCome(hypothesis, state).map(({ to }) => ({ clock: null, atMost: to })),
  },
];
