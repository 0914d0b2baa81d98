/** The fates of an attempt and of an invocation, read from one state (model/claim.ts has the definitions). */
import { fateKey } from "../model/claim.ts";
import { environmentBits } from "./situation.ts";
import type { Situation } from "./situation.ts";
import type { ConnectionInState, Memory, State } from "./state.ts";

interface Rivals {
  /** Of known clients that have not ended, if their environments were idle since the attempt. */
  readonly live: readonly string[];
  /** The same of hidden clients: nobody saw whether they had ended. */
  readonly hidden: readonly string[];
  /** Whether a client that has ended, or can have ended, holds such a place. */
  readonly lingers: boolean;
}

/** Whether the owner of the connection holds another place. */
export function holdsAnother({ state }: Situation, connection: number): boolean {
  const { owner } = state.connections[connection]!;
  return state.held.some((other) => {
    const c = state.connections[other]!;
    return other !== connection && c.owner === owner && c.client === "live";
  });
}

export const isUndecided = (c: ConnectionInState): boolean =>
  c.client === "live" && (c.stage === "line" || c.stage === "queue");

/** Who holds a place of a full limit of the attempt at this moment, by environment. An attempt of a stranger has no rivals. */
function rivalsOf(situation: Situation, connection: number): Rivals {
  const { state, hypothesis } = situation;
  const { facts } = hypothesis;
  const { owner, busy } = state.connections[connection]!;
  const mine = facts.processes[owner]!.environment;
  const bit = environmentBits(hypothesis);
  const isIdle = (environment: string): boolean => environment === mine || (busy & bit(environment)) === 0;
  const full = situation.fullFor(connection);
  const known = situation.heldAmong(full).flatMap((other) => {
    const { owner: holder, client } = state.connections[other]!;
    const rival = situation.rivalEnvironment(holder, owner);
    return rival === null ? [] : [{ rival, ended: client === "ended" }];
  });
  const hidden = facts.hidden.flatMap((h, kind) => {
    const rival = situation.rivalOwner(h.owner, owner);
    const inFull = h.scopes.some((scope) => full.includes(scope));
    return state.hidden[kind]! > 0 && inFull && rival !== null ? [rival] : [];
  });
  const live = known.filter(({ rival, ended }) => !ended && isIdle(rival)).map(({ rival }) => rival);
  const lingers = known.some(({ ended }) => ended) || hidden.length > 0;
  return { live, hidden: hidden.filter(isIdle), lingers };
}

/** The state in which each attempt that waits remembers the rivals that it has now. */
export function rememberRivals(situation: Situation): State {
  const { state } = situation;
  if (!state.connections.some(isUndecided)) return state;
  const connections = state.connections.map((c, connection) => {
    if (!isUndecided(c) || state.processes[c.owner]?.latest !== connection) return c;
    const { live, hidden } = rivalsOf(situation, connection);
    const rivals = new Set([...c.rivals, ...live, ...hidden.map((rival) => `?${rival}`)]);
    return rivals.size === c.rivals.length ? c : { ...c, rivals: [...rivals].sort() };
  });
  return { ...state, connections };
}

/**
 * What the attempt's lack of a place means at this moment: after the server has turned it away, or after a wait in vain. It can mean
 * several things only if hidden clients had places: nobody saw whether they had ended. An attempt of a stranger means nothing.
 */
export function fatesWithoutPlace(
  situation: Situation,
  connection: number,
  after: "turned-away" | "wait",
): (Memory | null)[] {
  const { state, hypothesis } = situation;
  const c = state.connections[connection]!;
  if (hypothesis.facts.processes[c.owner] === undefined) return [null];
  const { live, hidden, lingers } = rivalsOf(situation, connection);
  const waitedFor = after === "wait" ? c.rivals : [];
  const certain = [...live, ...waitedFor.filter((rival) => !rival.startsWith("?"))];
  const possible = [
    ...hidden,
    ...waitedFor.flatMap((rival) => (rival.startsWith("?") ? [rival.slice(1)] : [])),
  ];
  const choices = [...new Set(possible)].reduce(
    (all, rival) => all.flatMap((each) => [each, [...each, rival]]),
    [certain],
  );
  const second = holdsAnother(situation, connection);
  return choices.map((rivals) => {
    const fate =
      rivals.length > 0
        ? ({ is: "harmed", holders: [...new Set(rivals)].sort() } as const)
        : ({ is: lingers ? "lingers" : "clear" } as const);
    return { by: "decision", second, fate: fateKey(fate) };
  });
}

/** What the end of `victim` for a newer client of this environment means (null: the newer client can do no harm). */
export const fateOfEviction = (situation: Situation, victim: number, rival: string | null): Memory | null =>
  rival === null
    ? null
    : {
        by: "eviction",
        second: holdsAnother(situation, victim),
        fate: fateKey({ is: "harmed", holders: [rival] }),
      };

/** The fates that the invocation has if it ends now. */
export function fatesAtEnd(situation: Situation, invocation: number): string[] {
  const { facts } = situation.hypothesis;
  const { failed, process: id } = facts.invocations[invocation]!;
  const process = facts.processes.findIndex((p) => p.id === id);
  if (!facts.processes[process]!.attemptsComplete) return [fateKey({ is: "unseen" })];
  const clear = fateKey({ is: "clear" });
  const { latest } = situation.state.processes[process]!;
  const c = situation.state.connections[latest];
  if (c === undefined) return [clear];
  const meaning = ({ second, fate }: Memory): string =>
    second && !failed && fate.startsWith("harmed") ? clear : fate;
  if (isUndecided(c)) {
    return fatesWithoutPlace(situation, latest, "wait").map((memory) =>
      memory === null ? clear : meaning(memory),
    );
  }
  if (c.memory === null || (c.memory.by === "eviction" && c.usedIn === invocation)) return [clear];
  const mayHaveServed =
    c.memory.by === "eviction" && c.evictedIn === invocation && !facts.connections[latest]!.usesComplete;
  return mayHaveServed ? [clear, meaning(c.memory)] : [meaning(c.memory)];
}
