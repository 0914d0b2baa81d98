import { expect } from "chai";
import { peerWasDown } from "../../../src/analysis/attribution/peer-available.ts";
import { partial } from "../partial.ts";

/** The peer may have been down from 10 to 30. */
describe("peerWasDown", () => {
  const down = (start: number, end: number | null, outcome: string | null) =>
    peerWasDown(
      partial({ peer: { down: [{ from: 10, to: 30 }] } }),
      partial({ start, end, attempts: outcome === null ? [] : [{ outcome }] }),
    );

  for (const [start, end, outcome, expected] of [
    [15, 20, "accepted", false],
    [10, 20, "accepted", false],
    [9, 20, "accepted", true],
    [15, 29, "accepted", false],
    [15, 30, "accepted", true],
    [15, null, "accepted", true],
    [15, 20, "refused", true],
    [15, 20, null, true],
    [5, 9, null, false],
    [5, 10, null, true],
    [30, 35, null, true],
    [31, 35, null, false],
    [31, 35, "failed", true],
  ] as const)
    it(`returns ${expected} for an invocation from ${start} to ${end} whose connection was ${outcome ?? "none"}`, () => {
      expect(down(start, end, outcome)).to.equal(expected);
    });

  it("returns false without a log of the peer", () => {
    expect(peerWasDown(partial({ peer: null }), partial({ start: 1, end: 2, attempts: [] }))).to.equal(false);
  });
});
