import { expect } from "chai";
import type { Admission } from "../../src/words/admission.ts";
import { BACKLOG_LENGTH, firstToLeave, onArrival, onHello } from "../../src/peer/admission-rules.ts";

describe("admission on arrival", () => {
  const rows: readonly [Admission, boolean, number, ReturnType<typeof onArrival>][] = [
    ["refuse", false, 0, "take-place"],
    ["evict", false, 0, "take-place"],
    ["refuse", true, 0, "read-hello"],
    ["evict", true, 0, "read-hello"],
    ["backlog", false, 0, "take-place"],
    ["backlog", true, 0, "wait"],
    ["backlog", true, BACKLOG_LENGTH - 1, "wait"],
    ["backlog", true, BACKLOG_LENGTH, "refuse"],
  ];
  for (const [admission, placeTaken, waiting, decision] of rows) {
    it(`under ${admission}, with the place ${placeTaken ? "taken" : "free"} and ${waiting} clients waiting, decides: ${decision}`, () => {
      expect(onArrival(admission, { placeTaken, waiting })).to.equal(decision);
    });
  }
});

describe("admission on hello", () => {
  // A row: admission, the newcomer's token, the holder's token, the decision.
  const rows: readonly [Admission, number | null, number | null, ReturnType<typeof onHello>][] = [
    ["refuse", null, null, "refuse"],
    ["refuse", 1, null, "evict-holder"],
    ["refuse", 2, 1, "evict-holder"],
    ["refuse", 1, 1, "refuse"],
    ["refuse", 1, 2, "refuse"],
    ["refuse", null, 1, "refuse"],
    ["evict", null, null, "evict-holder"],
    ["evict", null, 7, "evict-holder"],
    ["evict", 7, 7, "evict-holder"],
    ["evict", 6, 7, "refuse"],
    ["backlog", 9, 1, "refuse"],
  ];
  for (const [admission, token, holder, decision] of rows) {
    it(`under ${admission}, for a client with token ${token} and a holder with token ${holder}, decides: ${decision}`, () => {
      expect(onHello(admission, { token }, { token: holder })).to.equal(decision);
    });
  }
});

describe("the connection that leaves first", () => {
  // The tokens of the holders in the order in which they got their places, and the index of the one that leaves.
  const rows: readonly [readonly (number | null)[], number | null][] = [
    [[], null],
    [[null, null], 0],
    [[4, null, null], 1],
    [[4, 3, 3], 1],
    [[1, 2, 3], 0],
  ];
  for (const [tokens, leaves] of rows) {
    it(`of holders with tokens ${JSON.stringify(tokens)} is ${leaves === null ? "none" : `the one with index ${leaves}`}`, () => {
      const holders = tokens.map((token) => ({ token }));
      expect(firstToLeave(holders)).to.equal(leaves === null ? null : holders[leaves]);
    });
  }
});
