import { expect } from "chai";
import { lengthRow } from "../../../src/analysis/calibrate/length-row.ts";

const exact = (length: number) => ({ low: length, high: length });
/** A length whose end was not seen: only its lower bound is known. */
const open = (length: number) => ({ low: length, high: Infinity });

describe("lengthRow", () => {
  it("has no values without lengths", () => {
    const none = { value: null, low: null, high: null };
    expect(lengthRow([])).to.deep.equal({ observed: 0, open: 0, quartilesMs: [none, none, none] });
  });

  it("gives the plain quartiles if all lengths are complete", () => {
    const { quartilesMs } = lengthRow(Array.from({ length: 100 }, (_, index) => exact(index + 1)));
    expect(quartilesMs.map(({ value }) => value)).to.deep.equal([25, 50, 75]);
    for (const { value, low, high } of quartilesMs) {
      expect(low).to.be.within((value ?? 0) - 13, (value ?? 0) - 7);
      expect(high).to.be.within((value ?? 0) + 7, (value ?? 0) + 13);
    }
  });

  it("gives the Kaplan-Meier estimates if some lengths are open (their end was not seen)", () => {
    // 3/4 of the lengths are longer than 1. Then the open length drops out and two lengths are left, so 3/4 × 1/2 = 3/8 are longer than 3, and none
    // is longer than 4.
    const { observed, open: notOver, quartilesMs } = lengthRow([exact(1), open(2), exact(3), exact(4)]);
    expect({ observed, notOver, values: quartilesMs.map(({ value }) => value) }).to.deep.equal({
      observed: 3,
      notOver: 1,
      values: [1, 3, 4],
    });
  });

  it("gives null for an upper bound or a quartile that open lengths could exceed", () => {
    const lengths = Array.from({ length: 100 }, (_, index) => (index < 60 ? exact(index) : open(60)));
    const { quartilesMs } = lengthRow(lengths);
    expect(quartilesMs[1]?.high).to.equal(null);
    expect(quartilesMs[2]?.value).to.equal(null);
    expect(quartilesMs[2]?.low).to.equal(60);
  });

  it("counts each length as short as it can be in the lower bound, and as long as it can be in the upper bound", () => {
    const between = Array.from({ length: 100 }, (_, index) => ({ low: index, high: index + 10 }));
    const [sharp] = lengthRow(Array.from({ length: 100 }, (_, index) => exact(index))).quartilesMs;
    const [wide] = lengthRow(between).quartilesMs;
    expect(wide).to.deep.equal({
      value: (sharp?.value ?? 0) + 5,
      low: sharp?.low,
      high: (sharp?.high ?? 0) + 10,
    });
  });
});
