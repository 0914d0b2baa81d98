import { expect } from "chai";
import fc from "fast-check";
import { packColumns, unpackColumns } from "../../../src/engine/log-store/packed-columns.ts";

const HALF = 2 ** 30 - 1;

const rowsArbitrary = fc.array(
  fc.record({
    timestamp: fc.oneof(fc.integer({ min: -HALF, max: HALF }), fc.integer({ min: 0, max: 9 })),
    offset: fc.oneof(fc.nat(2 ** 31 - 1), fc.nat(300)),
    stream: fc.nat(65_535),
  }),
  { maxLength: 100 },
);

describe("engine log store: columns in few bytes", () => {
  it("come back as they were, also at the largest numbers and differences", () => {
    fc.assert(
      fc.property(rowsArbitrary, (rows) => {
        const columns = {
          timestamps: Int32Array.from(rows, ({ timestamp }) => timestamp),
          offsets: Uint32Array.from(rows, ({ offset }) => offset),
          streams: Uint16Array.from(rows, ({ stream }) => stream),
        };
        expect(unpackColumns(packColumns(columns, rows.length), rows.length)).to.deep.equal(columns);
      }),
      {
        examples: [
          [
            [
              { timestamp: -HALF, offset: 0, stream: 65_535 },
              { timestamp: HALF, offset: 2 ** 31 - 1, stream: 0 },
            ],
          ],
        ],
      },
    );
  });

  it("take about four bytes for an event of a log", () => {
    const rows = 4_096;
    const columns = {
      timestamps: Int32Array.from({ length: rows }, (_, row) => Math.floor(row / 7)),
      offsets: Uint32Array.from({ length: rows }, (_, row) => row * 230),
      streams: new Uint16Array(rows).fill(32_767),
    };
    expect(packColumns(columns, rows).length).to.be.at.most(rows * 4 + 10);
  });
});
