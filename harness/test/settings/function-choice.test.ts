import { expect } from "chai";
import { labelledCode } from "../../src/settings/function-choice.ts";

describe("the label of a function from --code", () => {
  for (const [given, label] of [
    ["src/handler.ts", "handler"],
    ["function.zip", "function"],
    ["target/app-1.0.jar", "app-1-0"],
    ["examples/python/init_connect.py", "init_connect"],
    ["cmd/function/", "function"],
    [".", "handler"],
    ["../..", "handler"],
    ["mine=.", "mine"],
  ] as const)
    it(`is ${label} for ${given}`, () => {
      const read = labelledCode(given);
      expect(read.ok ? read.value.label : read.expected).to.equal(label);
    });

  it("cannot be taken from an empty value", () => {
    expect(labelledCode("").ok).to.equal(false);
  });
});
