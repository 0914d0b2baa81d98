import { expect } from "chai";
import fc from "fast-check";
import { IntervalNeighbours } from "../../../src/evidence/needs/interval-neighbours.ts";
import { IntervalSet } from "../../../src/evidence/interval-set.ts";
import { propertyCases } from "../../support/test-all.ts";

const NEIGHBOURS = 2;
const times = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 });

/** Returns the rows that are at most `reach` away from an instant, two more rows on each side of them, and the last two rows. */
function expectedRows(values: readonly number[], instants: readonly number[], reach: number): Set<number> {
  const rows = values.map((value, row) => ({ value, row })).sort((a, b) => a.value - b.value);
  const kept = new Set<number>();
  for (const instant of [...instants, Infinity]) {
    const first = rows.filter(({ value }) => value < instant - reach).length;
    const end = rows.filter(({ value }) => value < instant + reach + 1).length;
    for (const { row } of rows.slice(Math.max(0, first - NEIGHBOURS), end + NEIGHBOURS)) kept.add(row);
  }
  return kept;
}

describe("the rows that are kept for intervals", () => {
  it("are exactly the rows near an instant, two more rows on each side of them, and the last two rows", () => {
    fc.assert(
      fc.property(times, times, times, fc.nat({ max: 6 }), (values, some, more, reach) => {
        const sets = [some, more].map((instants) => {
          const set = new IntervalSet(reach, reach + 1);
          for (const instant of instants) set.add(instant);
          return set;
        });
        const bounds = IntervalSet.merged(sets);
        expect([...bounds]).to.deep.equal([...bounds].sort((a, b) => a - b));
        const kept = new Set<number>();
        const near = new IntervalNeighbours(bounds, (row) => kept.add(row));
        values.forEach((value, row) => near.take(value, row));
        near.finish();
        expect([...kept].sort((a, b) => a - b)).to.deep.equal(
          [...expectedRows(values, [...some, ...more], reach)].sort((a, b) => a - b),
        );
      }),
      propertyCases(2_000),
    );
  });
});
