/** A state of the server and of everything that can reach it, between two events. Connections, processes and so on are indices of the facts. */
import type { ConnectionFacts } from "../facts/facts.ts";

/** The events of a connection that can be seen, in the order of their bits in `happened`. */
export const CONNECTION_EVENTS = [
  ...(["asked", "spoke", "queued", "placed", "turnedAway", "evicted"] as const),
  ...(["firstByte", "serverClosed", "ended", "freed"] as const),
] satisfies (keyof ConnectionFacts)[];
export type ConnectionEvent = (typeof CONNECTION_EVENTS)[number];

export const bitOf = (event: ConnectionEvent): number => 1 << CONNECTION_EVENTS.indexOf(event);

/** The outcome of an attempt, remembered until a later attempt of the process replaces it. */
export interface Memory {
  readonly by: "decision" | "eviction";
  /** Whether the process held another place then. */
  readonly second: boolean;
  /** A fate as `fateKey` writes it. */
  readonly fate: string;
}

export interface ConnectionInState {
  /** `line`: asked, and the server has not looked at it; `shut`: the server is done with it; `free`: its place is free again. */
  readonly stage: "out" | "line" | "queue" | "held" | "shut" | "free";
  readonly client: "live" | "ended" | "silent";
  /** The process that opened it; -1: a stranger. */
  readonly owner: number;
  readonly happened: number;
  readonly uses: number;
  /** The running invocation in which it was used last, and the running one in which it was evicted; -1: none. */
  readonly usedIn: number;
  readonly evictedIn: number;
  /** A bit for each environment that was at work since it asked, until its place is decided. */
  readonly busy: number;
  /** The environments of its rivals since it asked, until its place is decided; with `?`, if only a hidden client can have been one. */
  readonly rivals: readonly string[];
  readonly memory: Memory | null;
}

export interface ProcessInState {
  readonly phase: "before" | "init" | "ready" | "over";
  readonly running: number;
  readonly latest: number;
}

export interface State {
  readonly processes: readonly ProcessInState[];
  readonly invocations: readonly ("before" | "running" | "over")[];
  readonly connections: readonly ConnectionInState[];
  /** Those that the server can look at, in the order in which they became ready. */
  readonly line: readonly number[];
  readonly queue: readonly number[];
  /** Those with a place, in the order in which they got it. */
  readonly held: readonly number[];
  /** How many hidden clients of each kind have a place. */
  readonly hidden: readonly number[];
}

export type HistoryMove =
  | { readonly does: "begins-process" | "ends-init"; readonly process: number }
  | { readonly does: "ends-process"; readonly process: number; readonly silently: boolean }
  | { readonly does: "begins-invocation" | "ends-invocation"; readonly invocation: number }
  | { readonly does: "asks"; readonly connection: number; readonly owner: number }
  | { readonly does: "places"; readonly connection: number; readonly victim: number | null }
  /** The server looks at the connection and does not give it a place. `behind`: a hidden client of this kind waits before it. */
  | { readonly does: "queues" | "turns-away"; readonly connection: number; readonly behind: number | null }
  /** A hidden client gets a place. */
  | { readonly does: "hides"; readonly hidden: number; readonly victim: number | null }
  | { readonly does: "leaves"; readonly hidden: number }
  | { readonly does: PlainConnectionMove; readonly connection: number };
export type PlainConnectionMove = "speaks" | "uses" | "sends" | "closes" | "shuts" | "ends" | "frees";

const connectionKey = (c: ConnectionInState): string =>
  c.stage === "out"
    ? ""
    : [
        ...[c.stage, c.client, c.owner, c.happened, c.uses, c.usedIn, c.evictedIn, c.busy, c.rivals.join()],
        c.memory === null ? "" : `${c.memory.by}${c.memory.second}${c.memory.fate}`,
      ].join(" ");

/** A text that is the same for two states only if they are equal. */
export const stateKey = (s: State): string =>
  [
    s.processes.map((p) => `${p.phase} ${p.running} ${p.latest}`).join(),
    ...[s.invocations.join(), s.connections.map(connectionKey).join()],
    ...[s.line.join(), s.queue.join(), s.held.join(), s.hidden.join()],
  ].join("|");
