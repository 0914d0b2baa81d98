import { expect } from "chai";
import { differenceLine, differences } from "../../../scripts/golden/differences.ts";

const CASES: readonly (readonly [string, unknown, unknown, readonly string[]])[] = [
  ["equal results", { a: [1, { b: null }] }, { a: [1, { b: null }] }, []],
  [
    "another wording, schema or tool version",
    { schemaVersion: 1, run: { toolVersion: "1" }, findings: [{ text: "a" }] },
    { schemaVersion: 2, run: { toolVersion: "2" }, findings: [{ text: "b" }] },
    [],
  ],
  ["an added member", { a: { b: 1 } }, { a: { b: 1, c: 2 }, d: 3 }, []],
  ["a changed member", { a: { b: 1 } }, { a: { b: 2 } }, ["a.b: expected 1, got 2"]],
  ["a removed member", { a: { b: 1 } }, { a: {} }, ["a.b: expected 1, got no such member"]],
  ["a number that became null", { a: 0 }, { a: null }, ["a: expected 0, got null"]],
  [
    "another order of elements",
    { a: ["x", "y"] },
    { a: ["y", "x"] },
    ['a[0]: expected "x", got "y"', 'a[1]: expected "y", got "x"'],
  ],
  ["an additional element", { a: [1] }, { a: [1, 2] }, ["a.length: expected 1, got 2"]],
  ["a missing element", [1, 2], [1], [".length: expected 2, got 1"]],
  ["a list that became an object", { a: [] }, { a: {} }, ["a: expected [], got {}"]],
  [
    "a result that became null",
    { result: { a: 1 } },
    { result: null },
    ['result: expected {"a":1}, got null'],
  ],
];

describe("differences between two results", () => {
  for (const [title, expected, actual, lines] of CASES) {
    it(`${lines.length === 0 ? "ignore" : "show"} ${title}`, () => {
      expect(differences(expected, actual).map(differenceLine)).to.deep.equal(lines);
    });
  }
});
