/** The states that a move leads to. There are several only if the move decides a fate that the evidence leaves open. */
import {
  fateOfEviction,
  fatesAtEnd,
  fatesWithoutPlace,
  isUndecided,
  rememberRivals,
} from "./attempt-fates.ts";
import { environmentBits, idleMatters, Situation } from "./situation.ts";
import {
  bitOf,
  type ConnectionEvent,
  type ConnectionInState,
  type Memory,
  type HistoryMove,
  type ProcessInState,
  type State,
} from "./state.ts";

export interface MoveOutcome {
  readonly state: State;
  /** The fate of the invocation that the move ends. */
  readonly fate: string | null;
}

export const OUT: ConnectionInState = {
  ...({
    stage: "out",
    client: "live",
    owner: -1,
    happened: 0,
    uses: 0,
    usedIn: -1,
    evictedIn: -1,
    busy: 0,
    rivals: [],
  } as const),
  memory: null,
};

const without = (list: readonly number[], gone: number): readonly number[] =>
  list.includes(gone) ? list.filter((each) => each !== gone) : list;

export const makeMove = (situation: Situation, move: HistoryMove): MoveOutcome[] =>
  outcomesOf(situation, move).map(({ state, fate }) => ({
    state: rememberRivals(new Situation(situation.hypothesis, state)),
    fate,
  }));

function outcomesOf(situation: Situation, move: HistoryMove): MoveOutcome[] {
  const { state } = situation;
  const only = (next: State): MoveOutcome[] => [{ state: next, fate: null }];
  switch (move.does) {
    case "begins-process":
      return only(withProcess(state, move.process, { phase: "init" }));
    case "ends-init":
      return only(withProcess(state, move.process, { phase: "ready" }));
    case "ends-process":
      return only(endProcess(state, move.process));
    case "begins-invocation":
      return only(beginInvocation(situation, move.invocation));
    case "ends-invocation":
      return endInvocation(situation, move.invocation);
    case "leaves":
      return only({ ...state, hidden: state.hidden.with(move.hidden, state.hidden[move.hidden]! - 1) });
    case "hides": {
      const { owner } = situation.hypothesis.facts.hidden[move.hidden]!;
      const left = evict(situation, move.victim, (mine) => situation.rivalOwner(owner, mine));
      return only({ ...left, hidden: state.hidden.with(move.hidden, state.hidden[move.hidden]! + 1) });
    }
    case "asks":
      return only(ask(situation, move.connection, move.owner));
    default:
      return connectionMove(situation, move).map((next) => ({ state: next, fate: null }));
  }
}

const withProcess = (state: State, process: number, change: Partial<ProcessInState>): State => ({
  ...state,
  processes: state.processes.with(process, { ...state.processes[process]!, ...change }),
});

/** All connections that are still open at the end of a process ended silently, if the clauses allow that there are any. */
const endProcess = (state: State, process: number): State => ({
  ...withProcess(state, process, { phase: "over" }),
  connections: state.connections.map((c) =>
    c.stage !== "out" && c.owner === process && c.client === "live"
      ? { ...c, client: "silent", rivals: [] }
      : c,
  ),
});

const processOf = ({ hypothesis: { facts } }: Situation, invocation: number): number =>
  facts.processes.findIndex((p) => p.id === facts.invocations[invocation]!.process);

function beginInvocation(situation: Situation, invocation: number): State {
  const { state, hypothesis } = situation;
  const process = processOf(situation, invocation);
  const { environment } = hypothesis.facts.processes[process]!;
  const bit = idleMatters(hypothesis) ? environmentBits(hypothesis)(environment) : 0;
  return {
    ...withProcess(state, process, { running: invocation }),
    invocations: state.invocations.with(invocation, "running"),
    connections: state.connections.map((c) =>
      isUndecided(c) && (c.busy & bit) !== bit
        ? { ...c, busy: c.busy | bit, rivals: idleRivals(situation, c, environment) }
        : c,
    ),
  };
}

/** Without this environment, which is at work now. */
const idleRivals = (
  { hypothesis: { facts } }: Situation,
  { owner, rivals }: ConnectionInState,
  busy: string,
): readonly string[] =>
  facts.processes[owner]?.environment === busy
    ? rivals
    : rivals.filter((rival) => rival !== busy && rival !== `?${busy}`);

function endInvocation(situation: Situation, invocation: number): MoveOutcome[] {
  const { state } = situation;
  const ended: State = {
    ...withProcess(state, processOf(situation, invocation), { running: -1 }),
    invocations: state.invocations.with(invocation, "over"),
    connections: state.connections.map((c) =>
      c.usedIn === invocation || c.evictedIn === invocation ? { ...c, usedIn: -1, evictedIn: -1 } : c,
    ),
  };
  return [...new Set(fatesAtEnd(situation, invocation))].map((fate) => ({ state: ended, fate }));
}

function ask({ state, hypothesis }: Situation, connection: number, owner: number): State {
  const { facts, server } = hypothesis;
  const bit = environmentBits(hypothesis);
  let busy = 0;
  if (idleMatters(hypothesis)) {
    facts.processes.forEach(({ environment }, process) => {
      if (state.processes[process]!.running >= 0) busy |= bit(environment);
    });
  }
  const connections = state.connections.map((c, other): ConnectionInState => {
    if (other === connection) return { ...OUT, stage: "line", owner, happened: bitOf("asked"), busy };
    // A later attempt of the process replaces what is remembered of its earlier ones.
    return owner >= 0 && c.owner === owner && c.stage !== "out"
      ? { ...c, memory: null, usedIn: -1, evictedIn: -1, rivals: [] }
      : c;
  });
  const asked = {
    ...state,
    connections,
    line: server.manner.stage === "speech" ? state.line : [...state.line, connection],
  };
  return owner < 0 ? asked : withProcess(asked, owner, { latest: connection });
}

const changed = (
  state: State,
  connection: number,
  change: Partial<ConnectionInState>,
  event?: ConnectionEvent,
): State => {
  const c = state.connections[connection]!;
  const happened = event === undefined ? c.happened : c.happened | bitOf(event);
  return { ...state, connections: state.connections.with(connection, { ...c, ...change, happened }) };
};

function evict(situation: Situation, victim: number | null, rivalOf: (mine: number) => string | null): State {
  const { state } = situation;
  if (victim === null) return state;
  const c = state.connections[victim]!;
  const process = state.processes[c.owner];
  const isLatest = process?.latest === victim;
  const memory =
    c.client === "live" && isLatest ? fateOfEviction(situation, victim, rivalOf(c.owner)) : c.memory;
  const evictedIn = isLatest ? process.running : -1;
  return {
    ...changed(state, victim, { stage: "shut", memory, evictedIn }, "evicted"),
    held: without(state.held, victim),
  };
}

function connectionMove(situation: Situation, move: Extract<HistoryMove, { connection: number }>): State[] {
  const { state, hypothesis } = situation;
  const { connection } = move;
  const c = state.connections[connection]!;
  const isLatest = state.processes[c.owner]?.latest === connection;
  const undecidedFates = (after: "turned-away" | "wait"): (Memory | null)[] =>
    isUndecided(c) && isLatest ? fatesWithoutPlace(situation, connection, after) : [c.memory];
  switch (move.does) {
    case "speaks": {
      const becomesReady = hypothesis.server.manner.stage === "speech" && c.stage === "line";
      const spoken = changed(state, connection, {}, "spoke");
      return [becomesReady ? { ...spoken, line: [...state.line, connection] } : spoken];
    }
    case "queues": {
      const waits = changed(state, connection, { stage: "queue" }, "queued");
      return [{ ...waits, line: without(state.line, connection), queue: [...state.queue, connection] }];
    }
    case "turns-away":
      return undecidedFates("turned-away").map((memory) => ({
        ...changed(state, connection, { stage: "shut", memory, busy: 0, rivals: [] }, "turnedAway"),
        line: without(state.line, connection),
      }));
    case "places": {
      const left = evict(situation, move.victim, (mine) => situation.rivalEnvironment(c.owner, mine));
      const placed = changed(left, connection, { stage: "held", busy: 0, rivals: [] }, "placed");
      const [line, queue] = [without(state.line, connection), without(state.queue, connection)];
      return [{ ...placed, line, queue, held: [...left.held, connection] }];
    }
    case "uses": {
      const usedIn = isLatest ? state.processes[c.owner]!.running : -1;
      return [changed(state, connection, { uses: c.uses + 1, usedIn })];
    }
    case "ends": {
      const unheard = c.stage === "line" && !state.line.includes(connection);
      const stage = unheard ? "free" : c.stage;
      return undecidedFates("wait").map((memory) =>
        changed(state, connection, { client: "ended", stage, memory, busy: 0, rivals: [] }, "ended"),
      );
    }
    case "sends":
      return [changed(state, connection, {}, "firstByte")];
    case "closes":
      return [changed(state, connection, {}, "serverClosed")];
    case "shuts":
      return [{ ...changed(state, connection, { stage: "shut" }), held: without(state.held, connection) }];
    case "frees":
      return [
        { ...changed(state, connection, { stage: "free" }, "freed"), held: without(state.held, connection) },
      ];
    case "asks":
      return [];
  }
}
