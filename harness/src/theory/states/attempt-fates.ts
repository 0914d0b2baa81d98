/** The fates of an attempt and of an invocation, read from one state (model/claim.ts has the definitions). */
import { fateKey } from "../model/claim.ts";
import { environmentBits } from "./situation.ts";
import type { Situation } from "./situation.ts";
import type { Memory } from "./state.ts";

/** Whether the owner of the connection holds another place. */
export function holdsAnother({ state }: Situation, connection: number): boolean {
  const { owner } = state.connections[connection]!;
  return state.held.some((other) => {
    const c = state.connections[other]!;
    return other !== connection && c.owner === owner && c.client === "live";
  });
}

/**
 * What the attempt's lack of a place means at this moment. It can mean several things only if hidden clients have places: nobody saw
 * whether they had ended. An attempt of a stranger means nothing.
 */
export function fatesWithoutPlace(situation: Situation, connection: number): (Memory | null)[] {
  const { state, hypothesis } = situation;
  const { facts } = hypothesis;
  const { owner, busy } = state.connections[connection]!;
  const mine = facts.processes[owner]?.environment;
  if (mine === undefined) return [null];
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
  const choices = hidden.reduce(
    (all, rival) => all.flatMap((each) => [true, false].map((ended) => [...each, { rival, ended }])),
    [known],
  );
  const second = holdsAnother(situation, connection);
  return choices.map((holders) => {
    const live = holders.filter(({ rival, ended }) => !ended && isIdle(rival)).map(({ rival }) => rival);
    const lingers = holders.some(({ ended }) => ended);
    const fate =
      live.length > 0
        ? ({ is: "harmed", holders: [...new Set(live)].sort() } as const)
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
  if (c.client === "live" && (c.stage === "line" || c.stage === "queue")) {
    return fatesWithoutPlace(situation, latest).map((memory) => (memory === null ? clear : meaning(memory)));
  }
  if (c.memory === null || (c.memory.by === "eviction" && c.usedIn === invocation)) return [clear];
  const mayHaveServed =
    c.memory.by === "eviction" && c.evictedIn === invocation && !facts.connections[latest]!.usesComplete;
  return mayHaveServed ? [clear, meaning(c.memory)] : [meaning(c.memory)];
}
