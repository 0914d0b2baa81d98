import { expect } from "chai";
import { givenKey } from "../../../../scripts/infra/verify/given-key.ts";

describe("infrastructure: VARS of a verification", () => {
  const variables = { logs: { kms_key_arn: "arn" } };

  it("can give the key of the log groups on AWS", () => {
    expect(givenKey({ given: ["logs"], variables, target: "aws" })).to.equal("arn");
    expect(givenKey({ given: [], variables: {}, target: "local" })).to.equal(null);
  });

  it("cannot give any other variable, and cannot give the key with TARGET=local", () => {
    expect(() => givenKey({ given: ["runner"], variables: { runner: {} }, target: "aws" })).to.throw(
      /runner/,
    );
    expect(() => givenKey({ given: ["logs"], variables, target: "local" })).to.throw(/TARGET=aws/);
  });
});
