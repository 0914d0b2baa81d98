/**
 * Carries the states at a cut into the next segment. What has no later in a state gets one form there, so that states become equal; what
 * has no later in any state is left out. Both change no fate.
 */
import { clocksOf, endsUnnoticed, has } from "../clauses/clause-clocks.ts";
import type { Facts } from "../facts/facts.ts";
import type { Hypothesis } from "../model/hypothesis.ts";
import { OUT } from "./make-move.ts";
import type { SearchNode } from "./search.ts";
import type { Carried } from "./segment-facts.ts";
import { environmentsOf, Situation } from "./situation.ts";
import { CONNECTION_EVENTS, type ConnectionInState, type State } from "./state.ts";
import { renamed, withClocks } from "./zone.ts";

const EVERYTHING = (1 << CONNECTION_EVENTS.length) - 1;

/** The connection is over, nothing that was seen of it is still to come, and no later clause asks about it. */
function hasNoLater(situation: Situation, c: ConnectionInState, index: number): boolean {
  const { server } = situation.hypothesis;
  const facts = situation.hypothesis.facts.connections[index]!;
  const isOver =
    c.stage === "free" || (c.stage === "shut" && c.client !== "live") || endsUnnoticed(situation, index, c);
  const matters = (event: (typeof CONNECTION_EVENTS)[number]): boolean =>
    (event !== "spoke" || server.manner.stage === "speech") && facts[event].seen && !has(c, event);
  return isOver && !CONNECTION_EVENTS.some(matters) && !facts.used.slice(c.uses).some(({ seen }) => seen);
}

/** The same state, with one form for everything that has no later. `isNeeded`: a process has invocations or connections after the cut. */
export function withoutPast(situation: Situation, isNeeded: (process: string) => boolean): State {
  const {
    state,
    hypothesis: { facts },
  } = situation;
  const connections = state.connections.map((c, index): ConnectionInState => {
    if (c.stage === "out" || !hasNoLater(situation, c, index)) return c;
    const process = state.processes[c.owner];
    const isRemembered = c.memory !== null && process?.latest === index && process.phase !== "over";
    const { owner, usedIn, evictedIn, memory } = isRemembered ? c : { ...OUT };
    const uses = facts.connections[index]!.used.length;
    const over = { stage: "free", client: "ended", happened: EVERYTHING, busy: 0, rivals: [] } as const;
    return { ...over, uses, owner, usedIn, evictedIn, memory };
  });
  const processes = state.processes.map((p, index): State["processes"][number] => {
    const { id, ended, initEnded } = facts.processes[index]!;
    const isOwner = connections.some((c) => c.stage !== "out" && c.owner === index);
    const awaitsEnd = (ended.seen && p.phase !== "over") || (initEnded.seen && p.phase === "init");
    const opens = facts.connections.some(
      ({ owners }, other) => connections[other]!.stage === "out" && owners.includes(id),
    );
    const runs = facts.invocations.some(
      (i, other) => i.process === id && state.invocations[other] !== "over",
    );
    if (p.phase === "before" || isOwner || awaitsEnd || opens || runs || isNeeded(id)) {
      const latest = connections[p.latest];
      return latest?.happened === EVERYTHING && latest.memory === null ? { ...p, latest: -1 } : p;
    }
    return { phase: "over", running: -1, latest: -1 };
  });
  return { ...state, processes, connections };
}

/** What at least one state still needs. */
export function carriedBy(
  facts: Facts,
  states: readonly State[],
  isNeeded: (process: string) => boolean,
): Carried {
  const idsOf = <T extends { readonly id: string }>(
    all: readonly T[],
    keeps: (s: State, index: number) => boolean,
  ) => new Set(all.filter((_, index) => states.some((state) => keeps(state, index))).map(({ id }) => id));
  const invocations = idsOf(facts.invocations, (state, index) => state.invocations[index] !== "over");
  const connections = idsOf(facts.connections, ({ connections: all }, index) => {
    const c = all[index]!;
    return c.happened !== EVERYTHING || c.memory !== null;
  });
  const processes = idsOf(
    facts.processes,
    (state, index) =>
      state.processes[index]!.phase !== "over" ||
      isNeeded(facts.processes[index]!.id) ||
      state.connections.some((c) => c.stage !== "out" && c.owner === index) ||
      facts.connections.some(
        ({ owners }, other) =>
          state.connections[other]!.stage === "out" && owners.includes(facts.processes[index]!.id),
      ) ||
      facts.invocations.some(
        ({ process }, other) => process === facts.processes[index]!.id && state.invocations[other] !== "over",
      ),
  );
  return { processes, invocations, connections };
}

/** The node at the beginning of the next segment, whose facts have other indices. */
export function enter(node: SearchNode, old: Facts, hypothesis: Hypothesis): SearchNode {
  const { facts } = hypothesis;
  const indexOf = <T extends { readonly id: string }>(before: readonly T[], now: readonly T[]) => {
    const at = new Map(now.map(({ id }, index) => [id, index]));
    return before.map(({ id }) => at.get(id) ?? -1);
  };
  const processes = indexOf(old.processes, facts.processes);
  const invocations = indexOf(old.invocations, facts.invocations);
  const connections = indexOf(old.connections, facts.connections);
  const moved = (map: readonly number[], index: number): number => map[index] ?? -1;
  const placed = <T, U>(now: readonly U[], map: readonly number[], was: readonly T[], first: T): T[] => {
    const all = now.map(() => first);
    was.forEach((one, index) => {
      if (map[index]! >= 0) all[map[index]!] = one;
    });
    return all;
  };
  const bits = busyBits(old, facts);
  const { state } = node;
  const next: State = {
    processes: placed(
      facts.processes,
      processes,
      state.processes.map((p) => ({
        ...p,
        running: moved(invocations, p.running),
        latest: moved(connections, p.latest),
      })),
      { phase: "before", running: -1, latest: -1 },
    ),
    invocations: placed(facts.invocations, invocations, state.invocations, "before"),
    connections: placed(
      facts.connections,
      connections,
      state.connections.map((c) => ({
        ...c,
        owner: moved(processes, c.owner),
        usedIn: moved(invocations, c.usedIn),
        evictedIn: moved(invocations, c.evictedIn),
        busy: bits(c.busy),
      })),
      OUT,
    ),
    line: state.line.map((index) => connections[index]!),
    queue: state.queue.map((index) => connections[index]!),
    held: state.held.map((index) => connections[index]!),
    hidden: state.hidden,
  };
  const zone = withClocks(
    renamed(node.zone, (index) => connections[index]!),
    clocksOf(new Situation(hypothesis, next)),
    new Set(),
  );
  return { state: next, zone, vertex: node.vertex };
}

/** The other environments can hold nothing in the new segment, so their bits are left out. */
function busyBits(old: Facts, now: Facts): (busy: number) => number {
  const after = environmentsOf(now);
  const moves = environmentsOf(old).map((name) => after.indexOf(name));
  return (busy) =>
    moves.reduce((bits, to, from) => ((busy & (1 << from)) !== 0 && to >= 0 ? bits | (1 << to) : bits), 0);
}
