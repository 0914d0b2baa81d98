import { expect } from "chai";
import { readFileSync } from "node:fs";
import { isMachineFault } from "../../src/engine/machine-fault.ts";

describe("isMachineFault", () => {
  it("is true for a full disk, and false for a missing file and for a bug", () => {
    const errorOf = (work: () => unknown): unknown => {
      try {
        return work();
      } catch (error) {
        return error;
      }
    };
    const full = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    const missing = errorOf(() => readFileSync("/no/such/file"));
    const bug = errorOf(() => JSON.parse("{"));
    expect([full, missing, bug].map(isMachineFault)).to.deep.equal([true, false, false]);
  });
});
