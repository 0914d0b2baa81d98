import { expect } from "chai";
import fc from "fast-check";
import { printable, printableLines } from "../../../src/report/text/printable.ts";

describe("text from outside", () => {
  it("is shown on one line, without what a terminal obeys", () => {
    expect(printable("a \r\n \n  b\u001B[2J\u202Ec \n")).to.equal("a b\uFFFD[2J\uFFFDc ");
    expect(printable("\n a")).to.equal(" a");
    expect(printable(" a\tb ")).to.equal(" a\uFFFDb ");
  });

  it("keeps its lines and tabs where they are wanted", () => {
    expect(printableLines("a\r\n\tat b\u0007\rc\n")).to.equal("a\n\tat b\uFFFD\nc\n");
  });

  it("means the same as one replacement of each line end with the spaces around it", () => {
    const pieces = fc.constantFrom("a", " ", "  ", "\n", "\r\n", "\r", "\u2028", "\t", "é");
    const lineEnds = /\s*[\r\n\u2028]+\s*/gu;
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (list) => {
        const text = list.join("");
        expect(printable(text)).to.equal(text.replace(lineEnds, " ").replaceAll("\t", "\uFFFD"));
      }),
    );
  });

  it("may have any number of spaces in a row", () => {
    // The time of the replacement above grows with the square of this number: it would need hours.
    const text = " ".repeat(5_000_000);
    expect(printable(text)).to.equal(text);
  });
});
