import { expect } from "chai";
import { KeptRecords } from "../../src/engine/kept-records.ts";

const THOUSANDS = 1_000;

describe("the records that an engine keeps for its callers", () => {
  const filled = (records: KeptRecords<number>, from: number, to: number): KeptRecords<number> => {
    for (let number = from; number < to; number += 1) records.add(number);
    return records;
  };

  it("include all records from the index on that a caller asks for, as long as nobody has read them", () => {
    const records = filled(new KeptRecords<number>(), 0, 100 * THOUSANDS);
    expect(records.from(0).records.length).to.equal(100 * THOUSANDS);
    expect(records.from(42 * THOUSANDS).records[0]).to.equal(42 * THOUSANDS);
    expect(records.from(100 * THOUSANDS)).to.deep.equal({ records: [], next: 100 * THOUSANDS });
  });

  it("are few if a caller reads them regularly, and the next caller still gets the latest", () => {
    const records = new KeptRecords<number>();
    let most = 0;
    for (let read = 0; read < 300 * THOUSANDS; read += THOUSANDS) {
      filled(records, read, read + THOUSANDS);
      expect(records.from(read).records[0]).to.equal(read);
      most = Math.max(most, records.from(0).records.length);
    }
    expect(most).to.be.within(20 * THOUSANDS, 32 * THOUSANDS);
    expect(records.from(0).records.at(-1)).to.equal(300 * THOUSANDS - 1);
  });

  it("are a limited number, even if nobody reads them", () => {
    const records = filled(new KeptRecords<number>(), 0, 500 * THOUSANDS);
    expect(records.from(0).records.length).to.be.within(100 * THOUSANDS, 110 * THOUSANDS);
    expect(records.from(0).records.at(-1)).to.equal(500 * THOUSANDS - 1);
  });
});
