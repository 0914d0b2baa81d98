/**
 * The facts of one segment: what can happen before its end, and what the histories bring with them from the segment before. Everything else
 * is left out, so that the length of a run does not matter to the search.
 */
import {
  STRANGER,
  type ConnectionFacts,
  type Facts,
  type InvocationFacts,
  type ProcessFacts,
} from "../facts/facts.ts";

/** What the histories bring with them, by the names in the facts. */
export interface Carried {
  readonly processes: ReadonlySet<string>;
  readonly invocations: ReadonlySet<string>;
  readonly connections: ReadonlySet<string>;
}

/** Gives the facts of one segment after the other. Those that can begin first come first. */
export class SegmentFacts {
  readonly #facts: Facts;
  readonly #processes: Coming<ProcessFacts>;
  readonly #invocations: Coming<InvocationFacts>;
  readonly #connections: Coming<ConnectionFacts>;
  /** When the last invocation or connection of each process comes. */
  readonly #needed = new Map<string, number>();
  readonly #whole: ReadonlyMap<string, ConnectionFacts>;

  constructor(facts: Facts) {
    this.#facts = facts;
    const began = new Map(facts.processes.map((p) => [p.id, p.began.from]));
    const beginOf = (i: InvocationFacts): number => Math.max(i.began.from, began.get(i.process)!);
    this.#processes = new Coming(facts.processes, ({ began: { from } }) => from);
    this.#invocations = new Coming(facts.invocations, beginOf);
    this.#connections = new Coming(facts.connections, ({ asked }) => asked.from);
    this.#whole = new Map(facts.connections.map((c) => [c.id, c]));
    const need = (process: string, from: number): void =>
      void this.#needed.set(process, Math.max(from, this.#needed.get(process) ?? -Infinity));
    for (const i of facts.invocations) need(i.process, beginOf(i));
    for (const c of facts.connections) for (const owner of c.owners) need(owner, c.asked.from);
  }

  /** Whether an invocation or a connection of the process comes only after this moment. */
  isNeededAfter(process: string, until: number): boolean {
    return (this.#needed.get(process) ?? -Infinity) > until;
  }

  /** What the histories bring comes first, in the order in which it was. */
  next(before: Facts | null, carried: Carried, until: number): Facts {
    const keep = <T extends { readonly id: string }>(all: readonly T[], ids: ReadonlySet<string>): T[] =>
      all.filter(({ id }) => ids.has(id));
    const processes = [...keep(before?.processes ?? [], carried.processes), ...this.#processes.take(until)];
    const known = new Set([STRANGER, ...processes.map(({ id }) => id)]);
    const kept = keep(before?.connections ?? [], carried.connections).map(({ id }) => this.#whole.get(id)!);
    return {
      ...this.#facts,
      processes,
      invocations: [
        ...keep(before?.invocations ?? [], carried.invocations),
        ...this.#invocations.take(until),
      ],
      // A process that is left out has ended or has not begun, so it opens nothing here.
      connections: [...kept, ...this.#connections.take(until)].map((c) =>
        c.owners.every((owner) => known.has(owner))
          ? c
          : { ...c, owners: c.owners.filter((owner) => known.has(owner)) },
      ),
    };
  }
}

class Coming<T> {
  readonly #all: readonly T[];
  readonly #from: (one: T) => number;
  #next = 0;

  constructor(all: readonly T[], from: (one: T) => number) {
    this.#from = from;
    this.#all = [...all].sort((one, other) => from(one) - from(other));
  }

  take(until: number): readonly T[] {
    const first = this.#next;
    while (this.#next < this.#all.length && this.#from(this.#all[this.#next]!) <= until) this.#next += 1;
    return this.#all.slice(first, this.#next);
  }
}
