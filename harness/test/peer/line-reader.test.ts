import { expect } from "chai";
import fc from "fast-check";
import { createLineReader } from "../../src/peer/line-reader.ts";

describe("the peer's line reader", () => {
  it("returns the same lines for any division of the bytes into chunks", () => {
    const text = fc.array(fc.string({ unit: fc.constantFrom("a", "é", "{", "\n"), maxLength: 12 }), {
      maxLength: 20,
    });
    fc.assert(
      fc.property(text, fc.array(fc.nat(40), { maxLength: 60 }), (parts, cuts) => {
        const bytes = Buffer.from(parts.join("\n"));
        const reader = createLineReader();
        const lines: (string | null)[] = [];
        let from = 0;
        for (const cut of [...cuts, bytes.length]) {
          const to = Math.min(bytes.length, from + cut);
          lines.push(...reader.read(bytes.subarray(from, to)));
          from = to;
        }
        expect(lines).to.deep.equal(bytes.toString("utf8").split("\n").slice(0, -1));
      }),
    );
  });

  it("reports a line that is too long, but only once, and reads the next lines", () => {
    const reader = createLineReader(8);
    const read = ["123456789", "0123", "45\nok\n", "12345678\n", "x".repeat(50), "\n\n"].map((chunk) =>
      reader.read(Buffer.from(chunk)),
    );
    expect(read).to.deep.equal([[null], [], ["ok"], ["12345678"], [null], [""]]);
  });

  it("keeps only a limited number of bytes of a line that never ends", () => {
    const reader = createLineReader(1_000);
    for (let sent = 0; sent < 100_000; sent += 7) {
      reader.read(Buffer.alloc(7, "x"));
      expect(reader.heldBytes).to.be.at.most(2_048);
    }
  });
});
