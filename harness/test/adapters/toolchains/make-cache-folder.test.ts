import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { makeCacheFolder } from "../../../src/adapters/toolchains/make-cache-folder.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("a folder of the cache", () => {
  const cache = temporaryFolder();
  const fill = (made: string): Promise<void> => {
    writeFileSync(join(made, "new"), "");
    return Promise.resolve();
  };

  it("replaces an existing folder", async () => {
    const folder = join(cache.path(), "a");
    mkdirSync(folder);
    writeFileSync(join(folder, "old"), "");
    await makeCacheFolder(folder, fill);
    expect([readdirSync(folder), readdirSync(cache.path())]).to.deep.equal([["new"], ["a"]]);
  });

  it("stays if another run made it in the meantime", async () => {
    const folder = join(cache.path(), "c");
    await makeCacheFolder(folder, async (made) => {
      await fill(made);
      await makeCacheFolder(folder, (others) => {
        writeFileSync(join(others, "first"), "");
        return Promise.resolve();
      });
    });
    expect(readdirSync(folder)).to.deep.equal(["first"]);
    expect(readdirSync(cache.path()).filter((name) => name.includes("new-"))).to.deep.equal([]);
  });

  it("stays if another run replaced it in the meantime", async () => {
    const folder = join(cache.path(), "d");
    await makeCacheFolder(folder, fill);
    await makeCacheFolder(folder, async (made) => {
      await fill(made);
      await makeCacheFolder(folder, (others) => {
        writeFileSync(join(others, "first"), "");
        return Promise.resolve();
      });
    });
    expect(readdirSync(folder)).to.deep.equal(["first"]);
  });

  it("does not change if it cannot be filled again, and nothing is left beside it", async () => {
    const folder = join(cache.path(), "b");
    await makeCacheFolder(folder, fill);
    const failed = await makeCacheFolder(folder, async (made) => {
      await fill(made);
      throw new Error("disk full");
    }).catch(String);
    expect([failed, readdirSync(folder), readdirSync(cache.path()).includes("b")]).to.deep.equal([
      "Error: disk full",
      ["new"],
      true,
    ]);
    expect(readdirSync(cache.path()).filter((name) => name.includes("new-"))).to.deep.equal([]);
  });
});
