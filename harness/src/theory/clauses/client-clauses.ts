/** What clients can do: the life of a process, its end, and clients that no line shows. */
import type { Clause } from "./clause.ts";
import { clockOf, endsUnnoticed } from "./clause-clocks.ts";

export const clientClauses: readonly Clause[] = [
  {
    name: "only-at-work",
    says: "A process asks for a connection only in its Init and in its invocations: before it began, while it is frozen and after its end it does nothing.",
    forbids: ({ state }, move) => {
      if (move.does !== "asks") return false;
      const process = state.processes[move.owner];
      return process !== undefined && process.phase !== "init" && process.running < 0;
    },
  },
  {
    name: "end-closes",
    says: "The end of a process ends all its connections. Only if the end was silent, the server is not told.",
    forbids: (situation, move) =>
      move.does === "ends-process" &&
      !move.silently &&
      situation.state.connections.some(
        (c, connection) =>
          c.stage !== "out" &&
          c.owner === move.process &&
          c.client === "live" &&
          !endsUnnoticed(situation, connection, c),
      ),
  },
  {
    name: "told-before-free",
    says: "A place becomes free only after the server could know that its client has gone.",
    forbids: ({ state }, move) =>
      move.does === "frees" && state.connections[move.connection]!.client !== "ended",
  },
  {
    name: "frees-in-time",
    says: "A place is free soon after its client has gone, and after it was given to a client that had already gone.",
    lasts: ({ hypothesis, state }) =>
      state.held
        .filter((connection) => state.connections[connection]!.client === "ended")
        .map((connection) => ({ clock: clockOf.told(connection), atMost: hypothesis.server.lags.frees })),
  },
  {
    name: "hidden-only-where-possible",
    says: "Clients that no line shows hold places, wait and count only when no complete source excludes them.",
    when: ({ hypothesis }, move) => {
      const kind = move.does === "hides" ? move.hidden : "behind" in move ? move.behind : null;
      if (kind === null) return [];
      const { from, to } = hypothesis.facts.hidden[kind]!;
      return [{ clock: null, atLeast: from, atMost: to }];
    },
    lasts: ({ hypothesis, state }) =>
      hypothesis.facts.hidden
        .filter((_, kind) => state.hidden[kind]! > 0)
        .map(({ to }) => ({ clock: null, atMost: to })),
  },
];
