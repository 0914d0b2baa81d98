import { expect } from "chai";
import { countHoles } from "../../../src/analysis/timeline/count-holes.ts";

describe("countHoles", () => {
  const rows: readonly (readonly [
    string,
    readonly number[],
    boolean,
    { counted: boolean; holes: number },
  ])[] = [
    ["an empty list", [], true, { counted: false, holes: 0 }],
    ["a complete count", [1, 2, 3], true, { counted: true, holes: 0 }],
    [
      "a complete count from 0, in any order and with duplicates",
      [2, 0, 1, 1],
      true,
      { counted: true, holes: 0 },
    ],
    ["a count with one missing number", [1, 2, 4], true, { counted: true, holes: 1 }],
    ["a count without its beginning", [3, 4], true, { counted: true, holes: 2 }],
    ["a count that began before the evidence", [57, 58], false, { counted: true, holes: 0 }],
    ["a count of which most numbers are missing", [1, 40, 90], true, { counted: true, holes: 87 }],
    ["a count by tens", [10, 20, 30, 40, 50, 60, 70, 80], false, { counted: true, holes: 0 }],
    ["arbitrary ids", [90_112_345, 7, 55_000_001], true, { counted: false, holes: 0 }],
  ];
  for (const [name, numbers, fromOne, expected] of rows) {
    it(`returns how many numbers are missing in ${name}`, () =>
      expect(countHoles(numbers, fromOne)).to.deep.equal(expected));
  }
});
