/** Servers that end a client for a newer one. */
import type { Clause } from "./clause.ts";

export const evictionClauses: readonly Clause[] = [
  {
    name: "evicts-by-manner",
    says: "A server ends a client for a newer one only if this is its manner, and then the one that its rule names: when it is full, the one that was placed first, or any one; or the one with the same name.",
    forbids: (situation, move) => {
      if ((move.does !== "places" && move.does !== "hides") || move.victim === null) return false;
      const { facts, server } = situation.hypothesis;
      const { full } = server.manner;
      const isKnown = move.does === "places";
      if (full === "evicts-same-name") {
        if (isKnown) return !situation.twinsOf(move.connection).includes(move.victim);
        return facts.connections[move.victim]!.name === null;
      }
      const { scopes } = isKnown ? facts.connections[move.connection]! : facts.hidden[move.hidden]!;
      const fullScopes = scopes.filter((scope) => !situation.hasRoom([scope]));
      const victims = situation.heldAmong(fullScopes);
      if (full === "evicts-oldest") return victims[0] !== move.victim;
      return full !== "evicts-any" || !victims.includes(move.victim);
    },
  },
  {
    name: "evicting-turns-nobody-away",
    says: "A server that ends an older client turns nobody away; one that does so by name always ends the one with the same name.",
    forbids: (situation, move) => {
      const { full } = situation.hypothesis.server.manner;
      if (full === "evicts-oldest" || full === "evicts-any") return move.does === "turns-away";
      if (full !== "evicts-same-name" || (move.does !== "places" && move.does !== "turns-away")) return false;
      const evicts = move.does === "places" && move.victim !== null;
      return !evicts && situation.twinsOf(move.connection).length > 0;
    },
  },
];
