import { expect } from "chai";
import fc from "fast-check";
import { jsonPieces } from "../../src/report/json-pieces.ts";
import { propertyCases } from "../support/test-all.ts";

describe("jsonPieces", () => {
  it("returns byte for byte the text that JSON.stringify writes", () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 8 }),
      fc.record({ a: fc.jsonValue(), gone: fc.constant(undefined), list: fc.array(fc.constant(undefined)) }),
    );
    fc.assert(
      fc.property(value, (one) => {
        expect([...jsonPieces(one)].join("")).to.equal(JSON.stringify(one, null, 2));
      }),
      propertyCases(2_000),
    );
  });
});
