import { expect } from "chai";
import { inputRows, outputRows, readInfra } from "./readme-tables.ts";

describe("infrastructure: infra/README.md", () => {
  const tableAfter = (heading: string): readonly string[] => {
    const [, section = ""] = readInfra("README.md").split(`## ${heading}\n`);
    return (section.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("| `"));
  };

  it("lists the inputs of the composition, word for word", () => {
    expect(tableAfter("Inputs")).to.deep.equal(inputRows());
  });

  it("lists the outputs of the composition, word for word", () => {
    expect(tableAfter("Outputs")).to.deep.equal(outputRows());
  });

  it("gives every input a description", () => {
    expect([...inputRows(), ...outputRows()].filter((row) => row.endsWith("|  |"))).to.deep.equal([]);
  });
});
