/** Tries the mutants of sample-room with real processes. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { removeBundles } from "../../../scripts/bundle-tests.ts";
import { findMutants } from "../../../scripts/mutants/find-mutants.ts";
import { describeMutant } from "../../../scripts/mutants/mutant.ts";
import { reportOf } from "../../../scripts/mutants/report.ts";
import { bundleWithMutants } from "../../../scripts/mutants/test-bundle.ts";
import { runBaseline, tryMutants } from "../../../scripts/mutants/try-mutants.ts";

const ROOM = "harness/test/mutants/sample-room";
const FILE = `${ROOM}/price.ts`;

describe("the mutants of a small room", () => {
  after(removeBundles);

  it("are found by a test, while the tests are loaded, or because they are endless; the others survive", async () => {
    const source = readFileSync(FILE, "utf8");
    const mutants = findMutants(FILE, source).map((one, index) => ({ ...one, number: index + 1 }));
    const start = await bundleWithMutants({ required: [], tests: [`${ROOM}/price.spec.ts`] }, mutants);
    const baseline = await runBaseline(start);
    expect([baseline.problem, baseline.times.size, baseline.leftOut]).to.deep.equal([
      null,
      2,
      ["a price has random cases, of which this run has too few"],
    ]);
    const tried = await tryMutants({
      mutants,
      baseline,
      start,
      workers: 2,
      limit: { factor: 10, ms: 1_000, loadingMs: 60_000 },
      tried: () => undefined,
    });
    const shown = tried.map(({ mutant, foundBy, reached }) => [
      `${mutant.line}: ${describeMutant(mutant)}`,
      foundBy?.replace(/: expected .*/s, "") ?? null,
      reached,
    ]);
    expect(shown).to.deep.equal([
      ["2: 10 → 11", null, true],
      ["2: 10 → 9", null, true],
      ["5: price < CHEAP → (price) <= (CHEAP)", null, true],
      ["9: 0 → 1", null, true],
      ["10: count < to → (count) <= (to)", "a price is reached in steps", true],
      ["10: 1 → 2", "a price is reached in steps", true],
      ["10: 1 → 0", "it did not end in time", true],
      ["15: price === 0 → (price) !== (0)", null, false],
      ["15: 0 → 1", null, false],
    ]);
    expect(reportOf(tried, { of: 20, equivalent: 3, seed: 7 })).to.deep.equal({
      text: [
        `${FILE}:2: 10 → 11`,
        `${FILE}:2: 10 → 9`,
        `${FILE}:5: price < CHEAP → (price) <= (CHEAP)`,
        `${FILE}:9: 0 → 1`,
        `${FILE}:15: price === 0 → (price) !== (0) (no test reaches it)`,
        `${FILE}:15: 0 → 1 (no test reaches it)`,
        "9 of 20 mutants were tried (seed 7; 3 more do the same as the code). 6 survived, 66.7 %; at most 5 % may.",
        "",
      ].join("\n"),
      isEnough: false,
    });
    expect(readFileSync(FILE, "utf8")).to.equal(source);
  });
});
