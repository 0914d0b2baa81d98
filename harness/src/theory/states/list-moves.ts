/** Every move that can be thought of in a state. The clauses say which of them fit. */
import { STRANGER } from "../facts/facts.ts";
import { endsUnnoticed } from "../clauses/clause-clocks.ts";
import { saysNothing } from "../facts/sighting.ts";
import type { Situation } from "./situation.ts";
import { bitOf, type ConnectionEvent, type ConnectionInState, type HistoryMove } from "./state.ts";

export function listMoves(situation: Situation): HistoryMove[] {
  const { state, hypothesis } = situation;
  const { facts } = hypothesis;
  const moves: HistoryMove[] = [];
  state.processes.forEach(({ phase, running }, process) => {
    if (phase === "before") moves.push({ does: "begins-process", process });
    if (phase === "init") moves.push({ does: "ends-init", process });
    if ((phase === "init" || phase === "ready") && running < 0) {
      moves.push(
        { does: "ends-process", process, silently: true },
        { does: "ends-process", process, silently: false },
      );
    }
  });
  facts.invocations.forEach(({ process: id }, invocation) => {
    const phase = state.invocations[invocation];
    const { phase: of, running } = state.processes[facts.processes.findIndex((p) => p.id === id)]!;
    if (phase === "before" && of === "ready" && running < 0)
      moves.push({ does: "begins-invocation", invocation });
    if (phase === "running") moves.push({ does: "ends-invocation", invocation });
  });
  state.connections.forEach((c, connection) => moves.push(...movesOf(situation, c, connection)));
  state.hidden.forEach((some, hidden) => {
    if (some > 0) moves.push({ does: "leaves", hidden });
    for (const victim of [null, ...state.held]) moves.push({ does: "hides", hidden, victim });
  });
  return moves;
}

function movesOf(situation: Situation, c: ConnectionInState, connection: number): HistoryMove[] {
  const {
    state,
    hypothesis: { facts, server },
  } = situation;
  const seen = facts.connections[connection]!;
  if (c.stage === "out") {
    return seen.owners.map((owner) => {
      const process = owner === STRANGER ? -1 : facts.processes.findIndex((p) => p.id === owner);
      return { does: "asks", connection, owner: process };
    });
  }
  const moves: HistoryMove[] = [];
  const isOpen = (event: ConnectionEvent): boolean => (c.happened & bitOf(event)) === 0;
  if (c.client === "live") {
    if (server.manner.stage === "speech" && isOpen("spoke")) moves.push({ does: "speaks", connection });
    if (isOpen("ended") && !endsUnnoticed(situation, connection, c)) moves.push({ does: "ends", connection });
    if (c.stage === "held" && c.uses < seen.used.length) moves.push({ does: "uses", connection });
  }
  if (isOpen("firstByte") && !saysNothing(seen.firstByte)) moves.push({ does: "sends", connection });
  if (isOpen("serverClosed") && !saysNothing(seen.serverClosed)) moves.push({ does: "closes", connection });
  if (c.stage === "line") {
    for (const behind of [null, ...facts.hidden.keys()]) {
      moves.push({ does: "queues", connection, behind }, { does: "turns-away", connection, behind });
    }
    for (const victim of [null, ...state.held]) moves.push({ does: "places", connection, victim });
  }
  if (c.stage === "queue") moves.push({ does: "places", connection, victim: null });
  if (c.stage === "held") {
    if (c.client !== "ended") moves.push({ does: "shuts", connection });
    moves.push({ does: "frees", connection });
  }
  return moves;
}
