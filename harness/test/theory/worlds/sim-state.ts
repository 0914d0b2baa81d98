/** The state of the simulation between two events, and the small changes of it. */
import type { EventSighting } from "../../../src/theory/facts/sighting.ts";

/** The events of a connection, as its facts name them. */
export const KINDS = [
  ...(["asked", "spoke", "queued", "placed", "turnedAway", "evicted"] as const),
  ...(["firstByte", "serverClosed", "ended", "freed"] as const),
];
export type Kind = (typeof KINDS)[number];

export interface SimConnection {
  readonly at: "out" | "new" | "waiting" | "placed" | "shut" | "left";
  readonly client: "live" | "ended" | "silent";
  readonly owner: string;
  readonly happened: readonly Kind[];
  /** Ticks of the latest events; -1 before. `ready`: since when the server can look at it. */
  readonly asked: number;
  readonly ready: number;
  readonly placed: number;
  readonly told: number;
  readonly shut: number;
  readonly uses: number;
  /** The invocation of the latest use, and the one in which it was evicted. */
  readonly usedIn: number;
  readonly hitIn: number;
  /** Environments that were at work since it asked, while it waits for its place. */
  readonly busy: readonly string[];
  /** The environments of its rivals since it asked, while it waits for its place. The second: of hidden clients that can have been rivals. */
  readonly rivals: readonly string[];
  readonly maybe: readonly string[];
  readonly fate: string;
}

export interface SimProcess {
  readonly at: "none" | "init" | "up" | "over";
  readonly running: number;
  readonly latest: number;
}

export interface SimState {
  readonly tick: number;
  readonly processes: readonly SimProcess[];
  readonly begun: readonly boolean[];
  readonly fates: readonly string[];
  readonly connections: readonly SimConnection[];
  readonly ready: readonly number[];
  readonly waiting: readonly number[];
  readonly placed: readonly number[];
  readonly hidden: readonly number[];
  /** Since when the first of those that wait could have a place; -1: it cannot. */
  readonly room: number;
}

/** What happened: the member of the facts that would show it, and of which process, invocation or connection. */
export interface SimEvent {
  readonly of: "process" | "invocation" | "connection" | "use";
  readonly kind: string;
  readonly index: number;
  /** The connection that was ended for this one. */
  readonly victim?: number;
}
export interface SimStep {
  readonly state: SimState;
  readonly event: SimEvent | null;
}

export const OUT: SimConnection = {
  ...({
    at: "out",
    client: "live",
    owner: "",
    happened: [],
    asked: -1,
    ready: -1,
    placed: -1,
    told: -1,
  } as const),
  ...{ shut: -1, uses: 0, usedIn: -1, hitIn: -1, busy: [], rivals: [], maybe: [], fate: "" },
};

export const within = (sighting: EventSighting, tick: number): boolean =>
  sighting.from <= tick && tick <= sighting.to;
export const without = (list: readonly number[], gone: number): number[] =>
  list.filter((each) => each !== gone);

export const moved = (s: SimState, index: number, at: SimProcess["at"]): SimState => ({
  ...s,
  processes: s.processes.with(index, { ...s.processes[index]!, at }),
});

export function became(s: SimState, index: number, change: Partial<SimConnection>, kind?: Kind): SimState {
  const before = s.connections[index]!;
  const happened = kind === undefined ? before.happened : [...before.happened, kind];
  return { ...s, connections: s.connections.with(index, { ...before, ...change, happened }) };
}

/** Collects what can follow a state. */
export class Steps {
  readonly list: SimStep[] = [];
  readonly #after: (state: SimState) => SimState;

  constructor(after: (state: SimState) => SimState) {
    this.#after = after;
  }

  add(state: SimState | null, event: SimEvent): void {
    if (state !== null) this.list.push({ state: this.#after(state), event });
  }
}
