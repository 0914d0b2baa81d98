/** What the server's side of a connection shows: its bytes and its end. */
import type { Clause } from "./clause.ts";
import { awaitsByte, awaitsClose, clockOf, isToldNo } from "./clause-clocks.ts";

export const sightClauses: readonly Clause[] = [
  {
    name: "bytes-mean",
    says: "The server's first byte means a place, or the words with which it turns a client away; who waits gets none.",
    forbids: (situation, move) => {
      if (move.does !== "sends") return false;
      const c = situation.state.connections[move.connection]!;
      return c.stage !== "held" && !isToldNo(situation, c);
    },
  },
  {
    name: "speaks-in-time",
    says: "A server that greets, or that says no, does so soon, unless the client has gone.",
    lasts: (situation) => {
      const { manner, lags } = situation.hypothesis.server;
      return situation.state.connections.flatMap((c, connection) => {
        if (c.client !== "live" || !awaitsByte(situation, connection, c)) return [];
        if (c.stage === "held" && manner.greets)
          return [{ clock: clockOf.placed(connection), atMost: lags.speaks }];
        const saysNo = c.stage === "shut" && isToldNo(situation, c);
        return saysNo ? [{ clock: clockOf.shut(connection), atMost: lags.speaks }] : [];
      });
    },
  },
  {
    name: "end-means",
    says: "The server ends a connection only when it is done with it (after its words, if it has any), or when the client has gone.",
    forbids: (situation, move) => {
      if (move.does !== "closes") return false;
      const c = situation.state.connections[move.connection]!;
      if (c.client !== "live") return false;
      return c.stage !== "shut" || (isToldNo(situation, c) && awaitsByte(situation, move.connection, c));
    },
  },
  {
    name: "closes-in-time",
    says: "The server ends a connection soon after it is done with it, unless the client has gone.",
    lasts: (situation) =>
      situation.state.connections.flatMap((c, connection) =>
        c.stage === "shut" && c.client === "live" && awaitsClose(situation, connection, c)
          ? [{ clock: clockOf.shut(connection), atMost: situation.hypothesis.server.lags.closes }]
          : [],
      ),
  },
  {
    name: "short-means-no-place",
    says: "Only some servers end a client for a reason of their own, and only after they have served it for some time (an assumption).",
    forbids: ({ hypothesis }, move) => move.does === "shuts" && !hypothesis.server.manner.endsClients,
    when: ({ hypothesis }, move) =>
      move.does === "shuts" && hypothesis.server.manner.endsClients
        ? [{ clock: clockOf.asked(move.connection), atLeast: hypothesis.server.lags.serves }]
        : [],
  },
];
