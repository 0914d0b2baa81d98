/** Deployment packages: nothing is written outside the folder of a package, and a broken package is refused with AWS's error. */
import { expect } from "chai";
import { readdirSync, realpathSync, rmSync } from "node:fs";
import { join, sep } from "node:path";
import { unpackPackage } from "../../src/engine/registry/packages/unpack-package.ts";
import { LambdaError } from "../../src/engine/request-validation/lambda-error.ts";
import { zipOf } from "../engine/support/test-engine.ts";
import { fuzz } from "./support/fuzz.ts";
import { namesProblem } from "./support/names-problem.ts";
import { workFolder } from "./support/work-folder.ts";

const LINK = 0o120777;

fuzz("packages", {
  samples: [
    await zipOf([{ path: "index.mjs", content: "export const handler = async () => 1;\n" }]),
    await zipOf([
      { path: "bootstrap", content: "#!/bin/sh\n", mode: 0o100755 },
      { path: "lib/a.js", content: "a".repeat(2_000) },
      { path: "lib/b.js", content: "a.js", mode: LINK },
      { path: "empty/c.txt" },
    ]),
    await zipOf([{ path: "out", content: "../../other", mode: LINK }]),
  ],
  start() {
    const work = workFolder();
    return {
      async check({ bytes }) {
        const parent = work.fresh("parent");
        const folder = join(parent, "package");
        try {
          await unpackPackage(Buffer.from(bytes), folder);
          for (const path of readdirSync(folder, { recursive: true, encoding: "utf8" }))
            expect(realpathSync(join(folder, path)).startsWith(realpathSync(folder) + sep), path).to.equal(
              true,
            );
        } catch (error) {
          if (!(error instanceof LambdaError)) throw error;
          namesProblem(error.message, "");
        }
        rmSync(folder, { recursive: true, force: true });
        expect(readdirSync(parent), "files outside the package").to.deep.equal([]);
      },
      close: () => work.remove(),
    };
  },
});
