import { expect } from "chai";
import fc from "fast-check";
import { chunkView } from "../../../../src/adapters/log-formats/skim/chunk-view.ts";
import { Words, WordSearch } from "../../../../src/adapters/log-formats/skim/word-search.ts";
import { propertyCases } from "../../../support/test-all.ts";

describe("the search for words", () => {
  it("finds in each message what a plain comparison finds, in any case of letters", () => {
    const words = ["abab", "1 ab", "baaab", "aab1b"];
    const part = fc.constantFrom(
      ...["a", "b", "A", "B", "é", "1", " ", "aB", "bAb"],
      ...words,
      ...words.map((one) => one.toUpperCase()),
    );
    const input = fc.tuple(
      fc.uniqueArray(fc.constantFrom(...words), { minLength: 1 }),
      fc.array(fc.array(part, { maxLength: 8 }), { minLength: 1, maxLength: 6 }),
    );
    let found = 0;
    fc.assert(
      fc.property(input, ([searched, messages]) => {
        const texts = messages.map((signs) => signs.join(""));
        const view = chunkView(Buffer.from(`${texts.join("\n")}\n`));
        const search = new WordSearch(new Words(searched));
        let from = 0;
        const results = texts.map((text) => {
          const end = from + Buffer.byteLength(text);
          const between = search.isBetween(view, from, end);
          from = end + 1;
          return between;
        });
        const expected = texts.map((text) => searched.some((one) => text.toLowerCase().includes(one)));
        if (expected.includes(true)) found += 1;
        expect(results).to.deep.equal(expected);
      }),
      { ...propertyCases(2_000), seed: 20261202 },
    );
    expect(found).to.be.greaterThan(100);
  });
});
