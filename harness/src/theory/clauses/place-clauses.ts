/** Who gets a place, who waits and who is turned away. */
import { lookedAt, type Clause } from "./clause.ts";
import { clockOf, headHasRoom } from "./clause-clocks.ts";

export const placeClauses: readonly Clause[] = [
  {
    name: "places",
    says: "Never more places are held than each limit has.",
    forbids: (situation, move) => {
      const { connections, hidden } = situation.hypothesis.facts;
      if (move.does === "places")
        return !situation.hasRoom(connections[move.connection]!.scopes, move.victim);
      return move.does === "hides" && !situation.hasRoom(hidden[move.hidden]!.scopes, move.victim);
    },
  },
  {
    name: "turned-away-when-full",
    says: "Who is turned away for want of a place is turned away when all places of a limit are held, or counted for clients about whom the server has not decided.",
    forbids: (situation, move) => {
      if (move.does !== "turns-away") return false;
      const hiddenCounts = situation.hypothesis.server.manner.counted && move.behind !== null;
      return !hiddenCounts && situation.fullFor(move.connection).length === 0;
    },
  },
  {
    name: "in-order",
    says: "An ordered server looks at clients in the order in which they were ready.",
    forbids: (situation, move) => {
      const connection = lookedAt(situation, move);
      return (
        connection !== null &&
        situation.hypothesis.server.manner.ordered &&
        situation.state.line[0] !== connection
      );
    },
  },
  {
    name: "after-speech",
    says: "A server that decides by the client's first bytes looks at no silent client.",
    forbids: (situation, move) => {
      const connection = lookedAt(situation, move);
      return connection !== null && !situation.state.line.includes(connection);
    },
  },
  {
    name: "looks-in-time",
    says: "The server looks at a client soon after it was ready; a system that refuses it does so at once.",
    lasts: ({ hypothesis, state }) => {
      const { manner, lags } = hypothesis.server;
      const atMost = manner.stage === "connect" ? 0 : lags.looks;
      return state.line.map((connection) => ({ clock: clockOf.ready(connection), atMost }));
    },
  },
  {
    name: "queue-in-order",
    says: "Who waits gets a place before those that come later.",
    forbids: ({ state }, move) => {
      if (move.does !== "places" || move.victim !== null || state.queue.length === 0) return false;
      return state.queue[0] !== move.connection;
    },
  },
  {
    name: "waits-only-when-full",
    says: "A client waits only if it can have no place, or if others wait before it.",
    forbids: (situation, move) => {
      if (move.does !== "queues" || move.behind !== null || situation.state.queue.length > 0) return false;
      return situation.hasRoom(situation.hypothesis.facts.connections[move.connection]!.scopes);
    },
  },
  {
    name: "queue-length",
    says: "Exactly as many clients wait as the queue is long, before one is turned away.",
    forbids: ({ hypothesis, state }, move) => {
      const hasSpace = state.queue.length < hypothesis.server.manner.queue;
      if (move.does === "queues") return !hasSpace;
      return move.does === "turns-away" && hasSpace && move.behind === null;
    },
  },
  {
    name: "takes-in-time",
    says: "A free place is given to the first that waits, soon.",
    lasts: (situation) =>
      headHasRoom(situation) ? [{ clock: clockOf.room, atMost: situation.hypothesis.server.lags.takes }] : [],
  },
];
