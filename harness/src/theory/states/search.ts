/**
 * Finds every state that a history which fits can pass through between two cuts. A node of the search is a state with a zone: all the values
 * that its clocks can have after exactly these moves. So every path through the nodes is the order of moves of at least one history, and
 * every history is a path. Only the paths are kept, as vertices: the fates of an invocation are read from the moves that end it, on paths
 * that reach the end of the evidence.
 */
import type { Clause } from "../clauses/clause.ts";
import { clocksOf, clockOf } from "../clauses/clause-clocks.ts";
import { stillToCome } from "../clauses/line-clauses.ts";
import type { Hypothesis } from "../model/hypothesis.ts";
import { listMoves } from "./list-moves.ts";
import { makeMove } from "./make-move.ts";
import { Situation } from "./situation.ts";
import { stateKey, type State } from "./state.ts";
import { later, withClocks, within, zoneKey, type Zone } from "./zone.ts";

/** A point that histories pass through, and the ways that lead to it. */
export interface Vertex {
  readonly from: WayTo[];
}
interface WayTo {
  readonly vertex: Vertex;
  readonly invocation: string | null;
  readonly fate: string | null;
}

export interface SearchNode {
  readonly state: State;
  readonly zone: Zone;
  readonly vertex: Vertex;
}

export interface SegmentSearch {
  readonly hypothesis: Hypothesis;
  readonly clauses: readonly Clause[];
  /** Where histories enter the segment. */
  readonly entries: readonly SearchNode[];
  /** The moment of the cut at which the segment ends. */
  readonly until: number;
  /** Whether the evidence ends there, so that everything that was seen has happened. */
  readonly isLast: boolean;
  /** The most nodes. */
  readonly cap: number;
}

export interface SegmentResult {
  /** The nodes at the end of the segment, each with a vertex of a node within it. */
  readonly exits: readonly SearchNode[];
  readonly nodes: number;
}

/** Returns null if there are more nodes than `cap`. */
export function search(segment: SegmentSearch): SegmentResult | null {
  const { hypothesis, clauses, entries, until, isLast, cap } = segment;
  const { facts } = hypothesis;
  const nodes = new Map(entries.map((entry) => [nodeKey(entry), entry.vertex]));
  const open = [...entries];
  const exits: SearchNode[] = [];
  const guards = clauses.filter((clause) => clause.forbids !== undefined);
  const timers = clauses.filter((clause) => clause.when !== undefined);
  const limits = clauses.filter((clause) => clause.lasts !== undefined);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const situation = new Situation(hypothesis, node.state);
    const lasting = within(later(node.zone), [
      { clock: null, atMost: until },
      ...limits.flatMap((clause) => clause.lasts!(situation)),
    ]);
    if (lasting === null) continue;
    const zone = within(lasting, [{ clock: null, atLeast: until }]);
    if (zone !== null && !(isLast && stillToCome(hypothesis, node.state).length > 0))
      exits.push({ state: node.state, zone, vertex: node.vertex });
    for (const move of listMoves(situation)) {
      if (guards.some((clause) => clause.forbids!(situation, move))) continue;
      const moment = within(
        lasting,
        timers.flatMap((clause) => clause.when!(situation, move)),
      );
      if (moment === null) continue;
      for (const { state, fate } of makeMove(situation, move)) {
        const next = new Situation(hypothesis, state);
        const restart = new Set(state.queue[0] === node.state.queue[0] ? [] : [clockOf.room]);
        const made = { state, zone: withClocks(moment, clocksOf(next), restart), vertex: { from: [] } };
        const key = nodeKey(made);
        const known = nodes.get(key);
        const vertex: Vertex = known ?? made.vertex;
        const invocation = move.does === "ends-invocation" ? facts.invocations[move.invocation]!.id : null;
        vertex.from.push({ vertex: node.vertex, invocation, fate });
        if (known !== undefined) continue;
        if (nodes.size >= cap) return null;
        nodes.set(key, vertex);
        open.push(made);
      }
    }
  }
  return { exits, nodes: nodes.size };
}

export const nodeKey = ({ state, zone }: Pick<SearchNode, "state" | "zone">): string =>
  `${stateKey(state)}#${zoneKey(zone)}`;

/** Adds the fates on all ways that lead to these vertices. */
export function readFates(last: readonly Vertex[], fates: Map<string, Set<string>>): void {
  const reached = new Set(last);
  const open = [...last];
  for (let vertex = open.pop(); vertex !== undefined; vertex = open.pop()) {
    for (const { vertex: before, invocation, fate } of vertex.from) {
      if (invocation !== null && fate !== null)
        fates.set(invocation, (fates.get(invocation) ?? new Set()).add(fate));
      if (!reached.has(before)) {
        reached.add(before);
        open.push(before);
      }
    }
  }
}
