/**
 * Tests that the test files have the same paths as the sources: `X.test.ts` belongs to `X.ts` or to the folder `X/` of the sources. If one
 * source file has tests on several topics, they are in a folder with the name of that file.
 */
import { expect } from "chai";
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";

const root = packageRoot();
/** Folders with tests of the whole product, of pages, or of files outside of harness/src. */
const SUITES: readonly string[] = [
  "browser",
  "chaos",
  "conformance",
  "coverage",
  "designs",
  "docs",
  "e2e",
  "fuzz",
  "golden",
  "growth",
  "infra",
  "long",
  "mutants",
  "nightly",
  "package",
  "size",
  "support",
  "workflows",
];

/** `source` is the test's path without its ending. */
function hasSource(source: string): boolean {
  const path = join(root, "harness", "src", source);
  return existsSync(`${path}.ts`) || existsSync(path) || existsSync(`${dirname(path)}.ts`);
}

describe("tests of the harness", () => {
  const tests = readdirSync(join(root, "harness", "test"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".test.ts"))
    .map((path) => path.slice(0, -".test.ts".length))
    .filter((path) => !SUITES.includes(path.split("/")[0] ?? ""));

  it("have the path of a file or a folder of the sources", () => {
    expect(tests.filter((path) => !hasSource(path))).to.deep.equal([]);
  });

  it("are found", () => {
    expect(tests.length).to.be.above(100);
  });
});
