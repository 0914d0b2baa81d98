/**
 * Finds every state that a history which fits can pass through. A node is a state with a zone: all the values that its clocks can have
 * after exactly these moves. So every path through the nodes is the order of moves of at least one history, and every history is a path.
 * The fates of an invocation are read from the moves that end it, on paths that reach the end of the evidence.
 */
import type { Clause } from "../clauses/clause.ts";
import { clocksOf, clockOf } from "../clauses/clocks.ts";
import { stillToCome } from "../clauses/line-clauses.ts";
import type { Hypothesis } from "../model/hypothesis.ts";
import { listMoves } from "./list-moves.ts";
import { makeMove, OUT } from "./make-move.ts";
import { Situation } from "./situation.ts";
import { stateKey, type State } from "./state.ts";
import { later, withClocks, within, zoneAt, zoneKey, type Zone } from "./zone.ts";

interface SearchNode {
  readonly state: State;
  readonly zone: Zone;
  readonly from: Edge[];
}
interface Edge {
  readonly node: SearchNode;
  readonly invocation: string | null;
  readonly fate: string | null;
}

export interface SearchResult {
  /** The fates of each invocation. Empty if no history fits. */
  readonly fates: ReadonlyMap<string, ReadonlySet<string>>;
  readonly nodes: number;
}

export const firstState = ({ facts }: Hypothesis): State => ({
  processes: facts.processes.map(() => ({ phase: "before", running: -1, latest: -1 })),
  invocations: facts.invocations.map(() => "before"),
  connections: facts.connections.map(() => OUT),
  ...{ line: [], queue: [], held: [], hidden: facts.hidden.map(() => 0) },
});

/** Returns null if there are more nodes than `cap`. */
export function search(hypothesis: Hypothesis, clauses: readonly Clause[], cap: number): SearchResult | null {
  const { facts } = hypothesis;
  const first: SearchNode = { state: firstState(hypothesis), zone: zoneAt(facts.begin), from: [] };
  const nodes = new Map([[nodeKey(first), first]]);
  const open = [first];
  const last: SearchNode[] = [];
  const guards = clauses.filter((clause) => clause.forbids !== undefined);
  const timers = clauses.filter((clause) => clause.when !== undefined);
  const limits = clauses.filter((clause) => clause.lasts !== undefined);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const situation = new Situation(hypothesis, node.state);
    const lasting = within(later(node.zone), [
      { clock: null, atMost: facts.end },
      ...limits.flatMap((clause) => clause.lasts!(situation)),
    ]);
    if (lasting === null) continue;
    if (
      stillToCome(hypothesis, node.state).length === 0 &&
      within(lasting, [{ clock: null, atLeast: facts.end }]) !== null
    ) {
      last.push(node);
    }
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
        const made: SearchNode = { state, zone: withClocks(moment, clocksOf(next), restart), from: [] };
        const key = nodeKey(made);
        const known = nodes.get(key);
        const invocation = move.does === "ends-invocation" ? facts.invocations[move.invocation]!.id : null;
        (known ?? made).from.push({ node, invocation, fate });
        if (known !== undefined) continue;
        if (nodes.size >= cap) return null;
        nodes.set(key, made);
        open.push(made);
      }
    }
  }
  return { fates: readFates(last), nodes: nodes.size };
}

const nodeKey = ({ state, zone }: SearchNode): string => `${stateKey(state)}#${zoneKey(zone)}`;

/** Goes back from the nodes at which the evidence can end. */
function readFates(last: readonly SearchNode[]): Map<string, Set<string>> {
  const fates = new Map<string, Set<string>>();
  const reached = new Set(last);
  const open = [...last];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const { node: before, invocation, fate } of node.from) {
      if (invocation !== null && fate !== null)
        fates.set(invocation, (fates.get(invocation) ?? new Set()).add(fate));
      if (!reached.has(before)) {
        reached.add(before);
        open.push(before);
      }
    }
  }
  return fates;
}
