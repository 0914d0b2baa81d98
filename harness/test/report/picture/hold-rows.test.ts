import { expect } from "chai";
import { holdRows } from "../../../src/report/picture/hold-rows.ts";
import type { HoldMark } from "../../../src/report/picture/marks.ts";

const hold = (lane: number, from: number, to: number): HoldMark => ({
  kind: "hold",
  lane,
  from,
  to,
  endKnown: true,
  connection: { from: null, to: null, openedIn: null, outcome: "accepted", ending: null },
});

describe("the rows of the peer's places", () => {
  const holds = [hold(1, 0, 10), hold(2, 5, 20), hold(3, 10, 12), hold(4, 11, 15)];
  const lanes = (places: number): unknown =>
    holdRows(holds, places).map((row) => row.map(({ lane }) => lane));

  it("show one connection at a time in each row", () => {
    expect(lanes(3)).to.deep.equal([[1, 3], [2], [4]]);
  });

  it("are one row for one place, with all connections in order", () => {
    expect(lanes(1)).to.deep.equal([[1, 2, 3, 4]]);
  });

  it("are as many as there are places, up to eight", () => {
    expect([holdRows([], 4).length, holdRows([], 100).length, holdRows([], 0).length]).to.deep.equal([
      4, 8, 1,
    ]);
  });
});
