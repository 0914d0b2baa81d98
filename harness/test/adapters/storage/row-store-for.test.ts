/** What every row store promises, in memory and in files. */
import { expect } from "chai";
import { FileRowStore } from "../../../src/adapters/storage/file-row-store.ts";
import { MemoryRowStore } from "../../../src/adapters/storage/memory-row-store.ts";
import { rowStoreFor } from "../../../src/adapters/storage/row-store-for.ts";

const FORM = {
  columns: ["at", "size"],
  write: (value: readonly string[]) => JSON.stringify(value),
  read: (text: string) => JSON.parse(text) as readonly string[],
} as const;

for (const [how, Store] of [
  ["in memory", MemoryRowStore],
  ["in temporary files", FileRowStore],
] as const) {
  describe(`a row store ${how}`, () => {
    it("returns the numbers and the value of each row", () => {
      const store = new Store();
      const table = store.table(FORM);
      for (let row = 0; row < 3_000; row += 1)
        table.append(
          { at: row / 4, size: row === 7 ? NaN : -row },
          row % 3 === 0 ? null : [`ä€😀 ${row}`, ""],
        );
      expect(table.length).to.equal(3_000);
      expect([table.number(2_999, "at"), table.number(1, "size"), table.number(7, "size")]).to.deep.equal([
        749.75,
        -1,
        NaN,
      ]);
      // 2999 is no multiple of 3.
      expect([table.value(0), table.value(1), table.value(2_999)]).to.deep.equal([
        null,
        ["ä€😀 1", ""],
        ["ä€😀 2999", ""],
      ]);
      store.close();
    });

    it("keeps the rows of each table separate", () => {
      const store = new Store();
      const [one, two] = [store.table(FORM), store.table(FORM)];
      one.append({ at: 1, size: 1 }, ["one"]);
      two.append({ at: 2, size: 2 }, ["two"]);
      expect([one.value(0), two.value(0), one.number(0, "at")]).to.deep.equal([["one"], ["two"], 1]);
      store.close();
    });

    it("sorts rows by a number, keeps the order of rows with the same number, and can read them more than once", () => {
      const store = new Store();
      const order = store.order();
      for (const [row, sortBy] of [3, 1, 2, 1, 3].entries()) order.add(sortBy, row);
      expect([...order.rows()]).to.deep.equal([1, 3, 2, 0, 4]);
      expect([...order.rows()]).to.deep.equal([1, 3, 2, 0, 4]);
      order.close();
      store.close();
    });

    it("gives equal texts the same number and different texts different numbers", () => {
      const store = new Store();
      const keys = Array.from({ length: 10_000 }, (_, index) => store.key(`text ${index}`));
      expect(new Set(keys).size).to.equal(10_000);
      expect(keys.every(Number.isSafeInteger)).to.equal(true);
      expect(store.key("text 17")).to.equal(keys[17]);
      store.close();
    });
  });
}

describe("row stores", () => {
  it("that are in files give the same text a different number in each store", () => {
    expect(new FileRowStore().key("text")).not.to.equal(new FileRowStore().key("text"));
  });

  it("are in memory for an input that is known to be small", () => {
    expect([0, 1 << 20, 1 << 30, null].map((bytes) => rowStoreFor(bytes).constructor)).to.deep.equal([
      MemoryRowStore,
      MemoryRowStore,
      FileRowStore,
      FileRowStore,
    ]);
  });
});
