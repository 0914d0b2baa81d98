/**
 * `make test-all AFTER=test` runs only what `make test` left out. These tests show that the two commands together run the same cases of a
 * property test as `make test-all` alone.
 */
import { expect } from "chai";
import fc from "fast-check";
import { casesFor } from "./test-all.ts";

/** Returns the values with which fast-check calls a property. */
function valuesOf(settings: fc.Parameters<[string, number]>): readonly string[] {
  const values: string[] = [];
  fc.assert(
    fc.property(fc.string(), fc.nat(), (...value) => void values.push(JSON.stringify(value))),
    { ...settings, seed: 20261127 },
  );
  return values;
}

describe("the cases of a property test", () => {
  for (const runs of [1, 7, 60, 1_000])
    it(`are the same in make test-all alone as in make test plus make test-all AFTER=test: ${runs} cases`, () => {
      const [some, left, all] = [casesFor("", runs), casesFor("rest", runs), casesFor("1", runs)].map(
        valuesOf,
      );
      expect(some).to.have.lengthOf(Math.ceil(runs / 10));
      expect([...(some ?? []), ...(left ?? [])]).to.deep.equal(all);
      expect(all).to.have.lengthOf(runs);
    });
});
