/** Tests that the two root modules of infra/ are locked to the same provider, so that a check of the provider in one of them is valid for both. */
import { expect } from "chai";
import { readInfra } from "./readme-tables.ts";

const ROOTS = [".", "github"];

describe("infrastructure: the root modules of infra/", () => {
  for (const [what, file] of [
    ["the same provider with the same hashes", ".terraform.lock.hcl"],
    ["the same versions of Terraform and provider", "versions.tf"],
  ] as const)
    it(`have ${what}`, () => {
      const [first, ...others] = ROOTS.map((root) => withoutComments(readInfra(`${root}/${file}`)));
      expect(first).to.match(/hashicorp\/aws/);
      for (const other of others) expect(other).to.equal(first);
    });
});

/** Leaves out comments and the empty lines beside them. */
const withoutComments = (text: string): string => text.replace(/^\s*#.*\n/gm, "").replace(/^\s*\n/gm, "");
