/** Tests that the recorded runs include every released schema version, so that golden.test.ts judges a run of each version. */
import { expect } from "chai";
import { readFileSync } from "node:fs";
import { bundlePath, goldenCases } from "../../../scripts/golden/cases.ts";
import { unpack } from "../../../scripts/golden/bundle.ts";
import { RUN_SCHEMA_VERSION } from "../../src/adapters/run-directory/scan-run.ts";

describe("the recorded runs", () => {
  it("include every schema version", () => {
    const kept = goldenCases().flatMap(({ name }) =>
      unpack(readFileSync(bundlePath(name)))
        .filter(({ path }) => path === "manifest.json")
        .map(({ content }) => (JSON.parse(content) as { readonly schemaVersion: number }).schemaVersion),
    );
    const released = Array.from({ length: RUN_SCHEMA_VERSION }, (_, index) => index + 1);
    expect([...new Set(kept)].sort((a, b) => a - b)).to.deep.equal(released);
  });
});
