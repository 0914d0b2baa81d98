import { expect } from "chai";
import fc from "fast-check";
import { EventBatches } from "../../../../src/engine/environment-api/telemetry-api/event-batches.ts";

const sealed = (batches: EventBatches): string[][] => {
  const all: string[][] = [];
  for (let batch = batches.next; batch !== null; batch = batches.next) {
    all.push([...batch]);
    batches.done();
  }
  return all;
};

describe("EventBatches", () => {
  it("fills a batch up to a number of items or of bytes", () => {
    const byItems = new EventBatches({ maxItems: 2, maxBytes: 100 });
    for (const event of ["a", "b", "c"]) byItems.add(event);
    expect([sealed(byItems), byItems.isFilling]).to.deep.equal([[["a", "b"]], true]);
    const byBytes = new EventBatches({ maxItems: 100, maxBytes: 4 });
    for (const event of ["aa", "bb", "ccccc", "d"]) byBytes.add(event);
    expect([sealed(byBytes), byBytes.isFilling]).to.deep.equal([[["aa", "bb"], ["ccccc"]], true]);
  });

  it("delivers every event in order or counts the event as dropped", () => {
    const events = fc.array(fc.string({ maxLength: 6 }), { maxLength: 200 });
    fc.assert(
      fc.property(
        events,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 12 }),
        (given, maxItems, maxBytes) => {
          const batches = new EventBatches({ maxItems, maxBytes });
          let [records, bytes] = [0, 0];
          const count = (dropped: { records: number; bytes: number } | null): void => {
            records += dropped?.records ?? 0;
            bytes += dropped?.bytes ?? 0;
          };
          given.forEach((event, index) => count(batches.add(`${index}${event}`)));
          count(batches.seal());
          const delivered = sealed(batches).flat();
          const all = given.map((event, index) => `${index}${event}`);
          const size = (texts: readonly string[]): number => Buffer.byteLength(texts.join(""));
          expect(delivered.length + records).to.equal(all.length);
          expect(size(delivered) + bytes).to.equal(size(all));
          expect(delivered).to.deep.equal(all.filter((event) => delivered.includes(event)));
        },
      ),
    );
  });

  it("keeps batches for a slow subscriber up to a limit, then drops complete batches", () => {
    const batches = new EventBatches({ maxItems: 1, maxBytes: 100 });
    const dropped = Array.from({ length: 10 }, (_, index) => batches.add(String(index)));
    expect(dropped.filter((one) => one !== null)).to.deep.equal([
      { records: 1, bytes: 1 },
      { records: 1, bytes: 1 },
    ]);
    expect(sealed(batches)).to.have.lengthOf(8);
  });
});
