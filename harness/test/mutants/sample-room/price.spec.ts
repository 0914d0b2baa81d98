/** Not a test of the project: harness/test/mutants/try-mutants.test.ts runs it in processes of its own. */
import { expect } from "chai";
import { propertyRuns } from "../../support/test-all.ts";
import { isCheap, steps } from "./price.ts";

describe("a price", () => {
  it("is cheap far below the bound", () => {
    expect([isCheap(5), isCheap(50)]).to.deep.equal([true, false]);
  });

  it("is reached in steps", () => {
    expect(steps(3)).to.equal(3);
  });

  it("has random cases, of which this run has too few", () => {
    expect(propertyRuns(100)).to.equal(100);
  });
});
