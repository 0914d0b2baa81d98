/**
 * All histories of one hypothesis, segment by segment. Where all of them pass through one node at a cut, everything before it is decided
 * and forgotten; so the memory that a run needs does not depend on its length.
 */
import type { Clause } from "../clauses/clause.ts";
import type { Facts } from "../facts/facts.ts";
import type { Hypothesis } from "../model/hypothesis.ts";
import { carriedBy, enter, withoutPast } from "./carry.ts";
import { nodeKey, readFates, search, type SearchNode, type Vertex } from "./search.ts";
import { SegmentFacts, type Carried } from "./segment-facts.ts";
import { Situation } from "./situation.ts";
import type { State } from "./state.ts";
import { zoneAt } from "./zone.ts";

export interface Histories {
  /** The fates of each invocation. Empty if no history fits. */
  readonly fates: ReadonlyMap<string, ReadonlySet<string>>;
  readonly nodes: number;
  /** The end of the first segment that no history fits. Null: some fit the whole run. */
  readonly brokenAt: number | null;
}

export interface HistoriesInput {
  readonly clauses: readonly Clause[];
  /** The last one is the end of the evidence. */
  readonly cuts: readonly number[];
  /** The most nodes of a segment. */
  readonly cap: number;
}

const NOTHING: Carried = { processes: new Set(), invocations: new Set(), connections: new Set() };

/** Returns null if a segment has more nodes than the cap. */
export function historiesOf(
  { facts, server }: Hypothesis,
  { clauses, cuts, cap }: HistoriesInput,
): Histories | null {
  const fates = new Map<string, Set<string>>();
  const segments = new SegmentFacts(facts);
  const nothing: State = {
    ...{ processes: [], invocations: [], connections: [], line: [], queue: [], held: [] },
    hidden: facts.hidden.map(() => 0),
  };
  let nodes = 0;
  let before: Facts = { ...facts, processes: [], invocations: [], connections: [] };
  let carried = NOTHING;
  let entries: readonly SearchNode[] = [{ state: nothing, zone: zoneAt(facts.begin), vertex: { from: [] } }];
  for (const [index, until] of cuts.entries()) {
    const isLast = index === cuts.length - 1;
    const local: Hypothesis = { facts: segments.next(before, carried, isLast ? Infinity : until), server };
    const from = before;
    const found = search({
      ...{ hypothesis: local, clauses, until, isLast, cap },
      entries: entries.map((node) => enter(node, from, local)),
    });
    if (found === null) return null;
    nodes += found.nodes;
    const isNeeded = (process: string): boolean => !isLast && segments.isNeededAfter(process, until);
    entries = merged(local, found.exits, isNeeded);
    if (entries.length === 0) return { fates: new Map(), nodes, brokenAt: until };
    carried = carriedBy(
      local.facts,
      entries.map(({ state }) => state),
      isNeeded,
    );
    before = local.facts;
    if (entries.length === 1 || isLast) {
      readFates(
        entries.map(({ vertex }) => vertex),
        fates,
      );
      entries = entries.map((entry) => ({ ...entry, vertex: { from: [] } }));
    }
  }
  return { fates, nodes, brokenAt: null };
}

/** One node for all that are equal from the cut on. */
function merged(
  hypothesis: Hypothesis,
  exits: readonly SearchNode[],
  isNeeded: (process: string) => boolean,
): readonly SearchNode[] {
  const nodes = new Map<string, SearchNode>();
  for (const { state, zone, vertex } of exits) {
    const node = {
      state: withoutPast(new Situation(hypothesis, state), isNeeded),
      zone,
      vertex: { from: [] } as Vertex,
    };
    const key = nodeKey(node);
    const known = nodes.get(key) ?? node;
    nodes.set(key, known);
    known.vertex.from.push({ vertex, invocation: null, fate: null });
  }
  return [...nodes.values()];
}
