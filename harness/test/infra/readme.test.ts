/**
 * Tests that the READMEs of infra/ list the inputs and outputs, with the descriptions of the Terraform files word for word.
 * LONGRUN_RENEW_TABLES=1 writes the tables again.
 */
import { expect } from "chai";
import { env } from "node:process";
import { inputRows, FOLDERS, outputRows, readInfra, withTables, writeInfra } from "./readme-tables.ts";

describe("infrastructure: the READMEs of infra/", () => {
  for (const folder of [".", ...FOLDERS]) {
    const what = folder === "." ? "infra/ itself" : folder;

    it(`list the inputs and outputs of ${what}, with their descriptions word for word`, () => {
      const file = `${folder}/README.md`;
      if (env["LONGRUN_RENEW_TABLES"] === "1") writeInfra(file, withTables(folder, readInfra(file)));
      const readme = readInfra(file);
      const tableAfter = (heading: string): readonly string[] => {
        const [, section = ""] = readme.split(`## ${heading}\n`);
        return (section.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("| `"));
      };
      expect(tableAfter("Inputs")).to.deep.equal(inputRows(folder));
      expect(tableAfter("Outputs")).to.deep.equal(outputRows(folder));
    });

    it(`have a description for every input and output of ${what}`, () => {
      expect(
        [...inputRows(folder), ...outputRows(folder)].filter((row) => row.endsWith("|  |")),
      ).to.deep.equal([]);
    });
  }

  it("agree with docs/deploy.md, whose later examples of VARS keep what the earlier ones set", () => {
    const examples = [
      ...readInfra("../docs/deploy.md").matchAll(/^echo '(\{.*\})' > \w+\.tfvars\.json/gm),
    ].map(([, json = ""]) => Object.keys(JSON.parse(json) as object));
    expect(examples).to.deep.equal([["image_repository"], ["image_repository", "network", "runner"]]);
  });
});
