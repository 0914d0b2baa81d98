import { expect } from "chai";
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { longrun } from "./memory-machine.ts";

/** Even root may not write into /proc. */
const isRoot = process.getuid?.() === 0;

describe("a folder that cannot be used", () => {
  const folder = temporaryFolder();
  const cli = (...flags: readonly string[]) => longrun(flags, { workingFolder: folder.path() });
  const unwritable = (): string => {
    if (isRoot) return "/proc/longrun";
    mkdirSync(join(folder.path(), "locked"));
    chmodSync(join(folder.path(), "locked"), 0o555);
    return join(folder.path(), "locked", "new");
  };
  const refusal =
    /expected a (?:folder that can be made and written to|new or an empty folder), but (?:ENOENT|EACCES)/;

  for (const [command, flag, ...rest] of [
    ["soak", "--out", "--function", "init-connect"],
    ["explore", "--out", "--function", "init-connect"],
    ["serve", "--data-dir", "--port", "0"],
  ] as const) {
    it(`${command} ${flag} that nobody can write: 64 before anything is started`, async function () {
      if (isRoot && process.platform !== "linux") this.skip();
      const path = unwritable();
      const { code, out, err } = await cli(command, flag, path, ...rest);
      expect({ code, out }).to.deep.equal({ code: 64, out: "" });
      expect(err).to.match(refusal).and.to.include(`${flag} ${path}`);
    });

    it(`${command} ${flag} that is a file is reported together with the other mistakes`, async () => {
      writeFileSync(join(folder.path(), "file"), "");
      const { code, out, err } = await cli(command, flag, "file/run", "--seed", "x", ...rest);
      expect({ code, out }).to.deep.equal({ code: 64, out: "" });
      expect(err).to.match(/2 things are wrong[^]*--seed x\n[^]*file\/run\n.*a file is in the way/);
      expect(readdirSync(folder.path())).to.deep.equal(["file"]);
    });
  }

  it("serve names flags, platform and folder at once", async () => {
    writeFileSync(join(folder.path(), "file"), "");
    const flags = ["--port", "x", "--isolation", "y", "--platform", "tipical", "--data-dir", "file"];
    const { code, err } = await cli("serve", ...flags);
    expect(code).to.equal(64);
    expect([...err.matchAll(/^ {2}(--\S+)/gm)].map(([, flag]) => flag)).to.deep.equal([
      "--port",
      "--isolation",
      "--platform",
      "--data-dir",
    ]);
  });

  it("soak without --out checks runs/ in the same way", async () => {
    writeFileSync(join(folder.path(), "runs"), "");
    const { code, err } = await cli("soak", "--function", "init-connect");
    expect(code).to.equal(64);
    expect(err).to.match(/--out runs\/…\n.*but a file is in the way/);
  });
});
