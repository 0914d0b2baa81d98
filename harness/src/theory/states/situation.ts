/** Questions about a state that several clauses and claims ask. */
import { STRANGER, type Facts } from "../facts/facts.ts";
import type { Hypothesis } from "../model/hypothesis.ts";
import type { State } from "./state.ts";

export class Situation {
  readonly hypothesis: Hypothesis;
  readonly state: State;

  constructor(hypothesis: Hypothesis, state: State) {
    this.hypothesis = hypothesis;
    this.state = state;
  }

  #counts(connection: number, scope: number): boolean {
    return this.hypothesis.facts.connections[connection]!.scopes.includes(scope);
  }

  /** The places of a limit that are held, without those of `victim`. */
  #heldIn(scope: number, victim: number | null): number {
    const { facts } = this.hypothesis;
    const known = this.state.held.filter((other) => other !== victim && this.#counts(other, scope)).length;
    return this.state.hidden.reduce(
      (sum, some, kind) => (facts.hidden[kind]!.scopes.includes(scope) ? sum + some : sum),
      known,
    );
  }

  /** Whether a client of these limits can have a place, once `victim` has lost its place. */
  hasRoom(scopes: readonly number[], victim: number | null = null): boolean {
    return scopes.every((scope) => this.#heldIn(scope, victim) < this.hypothesis.server.scopes[scope]!);
  }

  /** The limits of the connection that are full for it. */
  fullFor(connection: number): number[] {
    const { facts, server } = this.hypothesis;
    return facts.connections[connection]!.scopes.filter((scope) => {
      const undecided = server.manner.counted
        ? this.state.connections.filter(
            (c, other) => other !== connection && c.stage === "line" && this.#counts(other, scope),
          ).length
        : 0;
      return this.#heldIn(scope, null) + undecided >= server.scopes[scope]!;
    });
  }

  /** The held connections with the name of this one. */
  twinsOf(connection: number): number[] {
    const { connections } = this.hypothesis.facts;
    const { name } = connections[connection]!;
    return name === null ? [] : this.state.held.filter((other) => connections[other]!.name === name);
  }

  /** The held connections that count in one of these limits. */
  heldAmong(scopes: readonly number[]): number[] {
    return this.state.held.filter((other) => scopes.some((scope) => this.#counts(other, scope)));
  }

  /** The environment of `other`, if what it holds can harm `mine`: another environment, or an earlier boot of the same one. */
  rivalEnvironment(other: number, mine: number): string | null {
    const { processes } = this.hypothesis.facts;
    const [it, me] = [processes[other], processes[mine]];
    if (it === undefined || me === undefined) return null;
    return it.environment !== me.environment || it.boot < me.boot ? it.environment : null;
  }

  /** The same for hidden clients of this owner. The boot of a hidden client is not known. */
  rivalOwner(owner: string, mine: number): string | null {
    const me = this.hypothesis.facts.processes[mine];
    return me === undefined || owner === STRANGER || owner === me.environment ? null : owner;
  }
}

/** Whether a rival counts only if it was idle throughout the attempt. */
export const idleMatters = ({ facts, server }: Hypothesis): boolean =>
  facts.concurrent || Math.max(...server.scopes) > 1;

/** The environments that can hold a place, in the order in which the facts name them: those of processes and of hidden clients. */
export const environmentsOf = ({ processes, hidden }: Facts): string[] => [
  ...new Set([...processes.map(({ environment }) => environment), ...hidden.map(({ owner }) => owner)]),
];

/** A bit for each of them. */
export function environmentBits({ facts }: Hypothesis): (environment: string) => number {
  const names = environmentsOf(facts);
  return (environment) => 1 << names.indexOf(environment);
}
