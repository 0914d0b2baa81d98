import { expect } from "chai";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { bundleSource } from "../../../../src/adapters/toolchains/node/bundle-source.ts";
import { temporaryFolder } from "../../../support/temporary-folder.ts";

describe("bundleSource", () => {
  const folder = temporaryFolder();

  it("says that a source with native parts must be given as a folder", async () => {
    const source = join(folder.path(), "native.mjs");
    writeFileSync(join(folder.path(), "native.node"), "no program");
    writeFileSync(source, 'import "./native.node";');
    const bundled = await bundleSource(source);
    expect(bundled.ok || bundled.expected).to.match(
      /with native parts cannot be bundled: give --code the folder that contains the source and its node_modules$/,
    );
  });
});
