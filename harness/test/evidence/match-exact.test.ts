import { expect } from "chai";
import { inOrder, matchExact, type Keyed } from "../../src/evidence/match-exact.ts";

const keyed = (...keys: readonly number[]): Keyed<string>[] => keys.map((key) => ({ key, item: `${key}` }));

describe("exact matching", () => {
  it("pairs items whose key occurs exactly once on each side", () => {
    const pairs = matchExact({ items: keyed(1, 2, 2, 3, 5) }, { items: keyed(0, 1, 2, 3, 3, 5) });
    expect([...pairs]).to.deep.equal([
      ["1", "1"],
      ["5", "5"],
    ]);
  });

  it("pairs items by their ordinals (their numbers in order) only if both sources are complete and have the same number of items", () => {
    const pairs = (ours: string, theirs: string, ...whole: readonly [boolean, boolean]): unknown => [
      ...matchExact(inOrder([...ours], whole[0]), inOrder([...theirs], whole[1])),
    ];
    expect(pairs("ab", "AB", true, true)).to.deep.equal([
      ["a", "A"],
      ["b", "B"],
    ]);
    expect(pairs("ab", "ABC", true, true)).to.deep.equal([]);
    expect(pairs("ab", "AB", false, true)).to.deep.equal([]);
    expect(pairs("ab", "AB", true, false)).to.deep.equal([]);
  });
});
