import { expect } from "chai";
import { startLeaseTable } from "../../../src/adapters/node/lease-table.ts";
import { isLongrunError } from "../../../src/base/errors.ts";

describe("starting the lease table", () => {
  it("reports which package is missing and how to install it", async () => {
    const missing = Object.assign(new Error("Cannot find package"), { code: "ERR_MODULE_NOT_FOUND" });
    const error: unknown = await startLeaseTable(() => Promise.reject(missing)).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(isLongrunError(error) ? [error.code, error.hint] : error).to.deep.equal([
      "unavailable",
      "npm install dynalite@4 installs it beside longrun; add --global if longrun was installed with --global.",
    ]);
  });

  it("throws an error unchanged if no package is missing", async () => {
    const broken = new Error("broken");
    const error: unknown = await startLeaseTable(() => Promise.reject(broken)).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).to.equal(broken);
  });
});
