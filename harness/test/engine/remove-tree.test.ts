import { expect } from "chai";
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, existsSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getuid, seteuid } from "node:process";
import { removeTree } from "../../src/engine/remove-tree.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

/** Nested so deeply that no path of 4,096 bytes reaches the innermost folder. */
const DEEP = `const fs = require("fs");
for (let i = 0; i < 400; i += 1) { fs.mkdirSync("a-folder-name"); process.chdir("a-folder-name"); fs.writeFileSync("file", ""); }
for (let i = 0; i < 400; i += 1) { fs.chmodSync(".", 0o555); process.chdir(".."); }`;

const LEFTOVERS: Readonly<Record<string, (folder: string) => void>> = {
  "a read-only folder with a file": (folder) => {
    mkdirSync(join(folder, "sub/inner"), { recursive: true });
    writeFileSync(join(folder, "sub/inner/file"), "");
    for (const name of ["sub/inner", "sub", ""]) chmodSync(join(folder, name), 0o555);
  },
  "400 nested read-only folders": (folder) => execFileSync(process.execPath, ["-e", DEEP], { cwd: folder }),
  "names that are no UTF-8": (folder) => {
    const name = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0xff, 0xfe, 0x41])]);
    mkdirSync(name);
    writeFileSync(Buffer.concat([name, Buffer.from([0x2f, 0x80])]), "");
  },
};

const NOBODY = 65_534;

describe("removeTree", () => {
  const folder = temporaryFolder();
  /** Root may write into read-only folders, so root does this as another user. */
  const asUser = async (action: () => Promise<void>): Promise<void> => {
    if (getuid?.() !== 0) return action();
    chownSync(folder.path(), NOBODY, NOBODY);
    seteuid?.(NOBODY);
    try {
      await action();
    } finally {
      seteuid?.(0);
    }
  };
  const tree = (): string => {
    const made = join(folder.path(), "tree");
    mkdirSync(made);
    return made;
  };

  for (const [title, leave] of Object.entries(LEFTOVERS))
    it(`removes ${title}`, () =>
      asUser(async () => {
        const made = tree();
        leave(made);
        expect(await removeTree(made)).to.equal(null);
        expect(existsSync(made)).to.equal(false);
      }));

  it("removes a FIFO, a socket and links, and follows no link", async () => {
    const made = tree();
    execFileSync("mkfifo", [join(made, "fifo")]);
    const server = `require("net").createServer().listen("socket", () => process.kill(process.pid, "SIGKILL"))`;
    await once(spawn(process.execPath, ["-e", server], { cwd: made }), "exit");
    expect(existsSync(join(made, "socket"))).to.equal(true);
    mkdirSync(join(folder.path(), "elsewhere"));
    writeFileSync(join(folder.path(), "elsewhere/file"), "");
    symlinkSync("../elsewhere", join(made, "link"));
    symlinkSync("nothing", join(made, "broken"));
    chmodSync(made, 0o555);
    expect(await removeTree(made)).to.equal(null);
    expect([existsSync(made), existsSync(join(folder.path(), "elsewhere/file"))]).to.deep.equal([
      false,
      true,
    ]);
  });

  it("accepts a path that does not exist, and a file", async () => {
    const file = join(folder.path(), "file");
    writeFileSync(file, "");
    expect(await removeTree(join(folder.path(), "missing"))).to.equal(null);
    expect(await removeTree(file)).to.equal(null);
    expect(existsSync(file)).to.equal(false);
  });

  it("says in one line what it cannot remove, and removes all the rest", async function () {
    if (getuid?.() !== 0) return this.skip();
    const made = tree();
    mkdirSync(join(made, "sub"));
    mkdirSync(join(made, "other"));
    const kept = join(made, "sub", "kept");
    writeFileSync(kept, "");
    try {
      execFileSync("chattr", ["+i", kept], { stdio: "ignore" });
    } catch {
      return this.skip();
    }
    try {
      expect(await removeTree(made)).to.equal(`cannot be removed: ${made}: ${JSON.stringify(kept)}: EPERM`);
      expect([existsSync(kept), existsSync(join(made, "other"))]).to.deep.equal([true, false]);
    } finally {
      execFileSync("chattr", ["-i", kept]);
    }
    expect(await removeTree(made)).to.equal(null);
  });
});
