import { expect } from "chai";
import { completeCutObject } from "../../src/logs/complete-cut-object.ts";

describe("what is left of a JSON object that was cut off", () => {
  // Null: nothing is read, because the object is complete, or because more than its end is missing, or because the text is no object.
  const rows: readonly (readonly [string, Record<string, unknown> | null])[] = [
    ['{"a":"b and', { a: "b and" }],
    ['{"a":"b\\', { a: "b" }],
    ['{"a":"b\\u00', { a: "b" }],
    ['{"a":"b\\\\', { a: "b\\" }],
    ['{"a":1,"b":tr', { a: 1 }],
    ['{"a":1,"b', { a: 1 }],
    ['{"a":1,"b":{"c":[1,2', { a: 1, b: { c: [1, 2] } }],
    ['{"a":{"b":1},', { a: { b: 1 } }],
    ['{"a":1}', null],
    ['{"a" 1', null],
    ["no object", null],
  ];
  for (const [text, expected] of rows)
    it(`${expected === null ? "is not read" : "is read"}: ${text}`, () =>
      expect(completeCutObject(text)).to.deep.equal(expected));
});
