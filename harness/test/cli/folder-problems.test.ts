import { expect } from "chai";
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { longrun } from "./memory-machine.ts";

/** Root can write into every folder that a test makes. So if root runs these tests, they use /proc, where root cannot write either. */
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
    it(`ends ${command} with exit code 64 before anything is started if ${flag} is not writable`, async function () {
      if (isRoot && process.platform !== "linux") this.skip();
      const path = unwritable();
      const { code, out, err } = await cli(command, flag, path, ...rest);
      expect({ code, out }).to.deep.equal({ code: 64, out: "" });
      expect(err).to.match(refusal).and.to.include(`${flag} ${path}`);
    });

    it(`is reported by ${command} together with the other mistakes if ${flag} is a file`, async () => {
      writeFileSync(join(folder.path(), "file"), "");
      const { code, out, err } = await cli(command, flag, "file/run", "--seed", "x", ...rest);
      expect({ code, out }).to.deep.equal({ code: 64, out: "" });
      expect(err).to.match(/2 things are wrong[^]*--seed x\n[^]*file\/run\n.*a file is in the way/);
      expect(readdirSync(folder.path())).to.deep.equal(["file"]);
    });
  }

  it("is reported by serve together with mistakes in flags and in the platform", async () => {
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

  it("is reported by soak if it is runs/ and there is no --out", async () => {
    writeFileSync(join(folder.path(), "runs"), "");
    const { code, err } = await cli("soak", "--function", "init-connect");
    expect(code).to.equal(64);
    expect(err).to.match(/--out runs\/…\n.*but a file is in the way/);
  });
});
