import { expect } from "chai";
import fc from "fast-check";
import { RowFile } from "../../../src/adapters/storage/row-file.ts";
import { SortedRows } from "../../../src/adapters/storage/sorted-rows.ts";
import { SpillFile } from "../../../src/adapters/storage/spill-file.ts";
import { propertyCases } from "../../support/test-all.ts";

describe("rows and texts in temporary files", () => {
  it("can be read row by row in any order, even those that are not in memory", () => {
    const rows = new RowFile(8);
    for (let row = 0; row < 40_000; row += 1) rows.append((view, at) => view.setFloat64(at, row * 3));
    fc.assert(
      fc.property(fc.nat({ max: 39_999 }), (row) => {
        expect(rows.view(row).getFloat64(rows.offset(row))).to.equal(row * 3);
      }),
      propertyCases(2_000),
    );
    rows.close();
  });

  it("keep each text unchanged, even one that is longer than the buffer", () => {
    const texts = new SpillFile();
    const text = fc.oneof(
      fc.string({ unit: "grapheme", maxLength: 200 }),
      fc.constant("ä€😀".repeat(70_000)),
      fc.constant("x".repeat(200_000)),
    );
    fc.assert(
      fc.property(fc.array(text, { maxLength: 20 }), (list) => {
        const places = list.map((one) => texts.append(one));
        list.forEach((one, index) => {
          const { from, bytes } = places[index] as { from: number; bytes: number };
          expect(texts.read(from, bytes) === one).to.equal(true);
        });
      }),
      propertyCases(100),
    );
    texts.close();
  });

  for (const [how, value] of [
    ["are in order", (index: number) => index],
    ["are not in order", (index: number) => (index * 7_919) % 100_003],
    ["have only a few different values", (index: number) => index % 5],
  ] as const) {
    it(`are sorted by a value, if the rows ${how}`, () => {
      const sorted = new SortedRows();
      const rows = Array.from({ length: 100_003 }, (_, index) => index);
      for (const row of rows) sorted.add(value(row), row);
      const expected = [...rows].sort((a, b) => value(a) - value(b));
      expect([...sorted.rows()].map(value)).to.deep.equal(expected.map(value));
      expect(new Set(sorted.rows()).size).to.equal(rows.length);
      sorted.close();
    });
  }

  it("are empty if nothing was added", () => {
    expect([...new SortedRows().rows()]).to.deep.equal([]);
  });
});
