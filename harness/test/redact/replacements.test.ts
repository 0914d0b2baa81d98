import { expect } from "chai";
import { Replacements } from "../../src/redact/replacements.ts";

describe("the replacements of functions", () => {
  const names = Array.from({ length: 12 }, (_, at) => `reader-${String.fromCharCode(108 - at)}`);

  it("have the alphabetical order of the names, also for ten and more functions", () => {
    const replacements = new Replacements(() => 0);
    replacements.inOrder("function", names);
    const replaced = [...names].sort().map((name) => replacements.numbered("function", name));
    expect(replaced).to.deep.equal([...replaced].sort());
    expect(replaced.slice(0, 2)).to.deep.equal(["function-01", "function-02"]);
  });

  it("differ from the replacement of a function that appears later", () => {
    const replacements = new Replacements(() => 0);
    replacements.inOrder("function", names.slice(0, 9));
    expect(replacements.numbered("function", "another")).to.equal("function-10");
    expect(replacements.numbered("function", names[0] ?? "")).to.equal("function-9");
  });
});
