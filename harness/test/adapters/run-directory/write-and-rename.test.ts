import { expect } from "chai";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join } from "node:path";
import { openAppendFile } from "../../../src/adapters/run-directory/append-file.ts";
import { writeAndRename } from "../../../src/adapters/run-directory/write-and-rename.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("what is on the disk when a file of a run was written", () => {
  const folder = temporaryFolder();
  /** Records which file or folder is flushed, and whether `path` exists at that time. */
  const recorder = (
    path: string,
  ): { readonly flushed: unknown[]; readonly flush: (file: number) => void } => {
    const flushed: unknown[] = [];
    return {
      flushed,
      flush: (file) => flushed.push([readlinkSync(`/proc/self/fd/${file}`), existsSync(path)]),
    };
  };
  before(function () {
    if (!existsSync("/proc/self/fd")) this.skip();
  });

  it("is the text, then its name", () => {
    const path = join(folder.path(), "result.json");
    const { flushed, flush } = recorder(path);
    writeAndRename(path, "text", flush);
    expect(flushed).to.deep.equal([
      [`${path}.tmp`, false],
      [folder.path(), true],
    ]);
    expect([readdirSync(folder.path()), readFileSync(path, "utf8")]).to.deep.equal([["result.json"], "text"]);
  });

  it("is, of a file of lines, the lines at every flush and the name at the first", () => {
    const path = join(folder.path(), "journal.jsonl");
    const { flushed, flush } = recorder(path);
    const file = openAppendFile(path, flush);
    file.append("1\n");
    file.flush();
    file.append("2\n");
    file.flush();
    file.close();
    expect(flushed).to.deep.equal([
      [path, true],
      [folder.path(), true],
      [path, true],
    ]);
  });
});
