import { expect } from "chai";
import { nextState, type ConnectionMove, type ConnectionState } from "../../src/connection/state.ts";

const states: readonly ConnectionState[] = [
  { state: "opening" },
  { state: "open" },
  { state: "closing" },
  { state: "turned-down" },
  { state: "ended", how: "closed" },
];
const moves: readonly ConnectionMove[] = [
  { move: "accept" },
  { move: "turn-down" },
  { move: "close" },
  { move: "end", how: "reset" },
];
const legal: Readonly<Record<string, ConnectionState>> = {
  "opening accept": { state: "open" },
  "opening turn-down": { state: "turned-down" },
  "open close": { state: "closing" },
  "open end": { state: "ended", how: "reset" },
  "closing end": { state: "ended", how: "reset" },
};

describe("the life of a connection", () => {
  for (const state of states) {
    for (const move of moves) {
      const next = legal[`${state.state} ${move.move}`];
      it(
        next === undefined
          ? `refuses ${move.move} while ${state.state}`
          : `goes from ${state.state} by ${move.move} to ${next.state}`,
        () => {
          if (next === undefined)
            expect(() => nextState(state, move)).to.throw(`cannot ${move.move} while it is ${state.state}`);
          else expect(nextState(state, move)).to.deep.equal(next);
        },
      );
    }
  }
});
