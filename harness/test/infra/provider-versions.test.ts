/** Tests which versions of the AWS provider the configuration accepts. Terraform itself checks the syntax (terraform.test.ts). */
import { expect } from "chai";
import { readInfra } from "./readme-tables.ts";

describe("infrastructure: the versions of the AWS provider", () => {
  const excluded = [...readInfra("modules/runner/versions.tf").matchAll(/!= (\d+)\.(\d+)\.(\d+)/g)].map(
    ([, major, minor]) => `${major}.${minor}`,
  );

  it("exclude 6.22 to 6.39 wherever there is a bucket with encryption: their second plan is never empty", () => {
    const minors = Array.from({ length: 39 - 22 + 1 }, (_, index) => `6.${22 + index}`);
    expect([...new Set(excluded)]).to.deep.equal(minors);
  });
});
