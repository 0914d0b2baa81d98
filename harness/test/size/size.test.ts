import { expect } from "chai";
import { countTokens } from "../../../scripts/size/count-tokens.ts";
import { filesOfCommit, filesOfNow } from "../../../scripts/size/read-tree.ts";
import { roomOf, sizeTable, tokensByRoom } from "../../../scripts/size/size-table.ts";

describe("npm run size", () => {
  for (const [text, tokens] of [
    ["const a = 1;", 5],
    ["// a comment\nconst a   =\n\n  1; /* another */", 5],
    ["/** A docstring with @param x the x. */\nexport function f(x: number): void {}", 12],
    ["/pattern/g.test(x)", 6],
    ["`a${b}c${d}e`", 5],
    ["let x: Map<string, Array<number>>;", 13],
  ] as const)
    it(`counts ${tokens} tokens in ${JSON.stringify(text)}`, () =>
      expect(countTokens(text)).to.equal(tokens));

  it("knows a room by its folders", () => {
    expect(
      [
        "harness/src/engine/link/a.ts",
        "harness/test/engine/a.ts",
        "scripts/a.ts",
        "functions/src/designs/a.ts",
      ].map(roomOf),
    ).to.deep.equal(["harness/src/engine", "harness/test", "scripts", "functions/src"]);
  });

  it("shows the rooms beside those of another state", () => {
    const now = new Map([
      ["harness/src/b", 60],
      ["scripts", 1_000],
    ]);
    const before = new Map([
      ["harness/src/a", 20],
      ["harness/src/b", 80],
      ["scripts", 1_000],
    ]);
    expect(sizeTable(now, before).split("\n")).to.deep.equal([
      "room                before    now   change",
      "harness/src/a           20      –        –",
      "harness/src/b           80     60  −25.0 %",
      "scripts              1,000  1,000    0.0 %",
      "harness/src in all     100     60  −40.0 %",
      "in all               1,100  1,060   −3.6 %",
      "",
    ]);
    expect(sizeTable(new Map([["scripts", 7]]), null).split("\n")[1]).to.equal("scripts                  7");
  });

  it("reads the same texts from a commit as from its files", () => {
    const committed = new Map(filesOfCommit("HEAD").map(({ path, text }) => [path, text]));
    const here = filesOfNow();
    const same = here.filter(({ path, text }) => committed.get(path) === text);
    expect(committed.size).to.be.above(1_000);
    expect(same.length).to.be.above(1_000);
    const units = same.filter(({ path }) => roomOf(path) === "harness/src/base");
    expect([...tokensByRoom(units).keys()]).to.deep.equal(["harness/src/base"]);
  });
});
