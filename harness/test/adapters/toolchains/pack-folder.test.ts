import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { fromBufferPromise } from "yauzl";
import { readCodePackage } from "../../../src/adapters/toolchains/code-package.ts";
import { packFolders } from "../../../src/adapters/toolchains/pack-folder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { workOfEventLoop } from "../../support/work-of-event-loop.ts";

describe("packed folders", () => {
  const folder = temporaryFolder();

  it("become a zip that has only one entry for an empty folder, even if several of the packed folders have this folder", async () => {
    const [one, two] = [folder.with("one", { "a.txt": "1", "both/b.txt": "" }), folder.with("two", {})];
    for (const path of [join(one, "empty"), join(two, "empty"), join(two, "both")])
      mkdirSync(path, { recursive: true });
    const zip = await fromBufferPromise(Buffer.from(await packFolders(one, two)));
    const names: string[] = [];
    for await (const { fileName } of zip.eachEntry()) names.push(fileName);
    expect(names).to.deep.equal(["a.txt", "both/b.txt", "empty/"]);
  });

  it("need no turn of the event loop for each small file, so that 60,000 files do not take minutes", async () => {
    const files = Object.fromEntries(Array.from({ length: 300 }, (_, n) => [`${n}.js`, `exports.n = ${n};`]));
    const many = folder.with("many", files);
    const few = folder.with("few", { "0.js": "1" });
    const forFew = await workOfEventLoop(() => packFolders(few));
    expect(await workOfEventLoop(() => packFolders(many))).to.deep.equal(forFew);
  });

  it("are refused if `bootstrap`, which should be the program, is an empty folder", async () => {
    const code = folder.with("code", {});
    mkdirSync(join(code, "bootstrap"), { recursive: true });
    expect(await readCodePackage(code, null)).to.deep.equal({
      ok: false,
      expected: "bootstrap to be a file that can be started, but it is a folder",
    });
  });
});
