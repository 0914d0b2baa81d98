import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { expect } from "chai";
import { fromBufferPromise } from "yauzl";
import { writeZip, type ZipEntry } from "../../../src/adapters/toolchains/write-zip.ts";
import { requireTool } from "../../support/require-tool.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { itInTestAll } from "../../support/test-all.ts";

const ENTRIES: readonly ZipEntry[] = [
  { name: "empty", contents: Buffer.alloc(0), mode: 0o100644 },
  { name: "größe/", contents: Buffer.alloc(0), mode: 0o040775 },
  { name: "größe/tool", contents: Buffer.from("#!/bin/sh\n"), mode: 0o100755 },
  { name: "large", contents: Buffer.alloc(100_000, "0123456789"), mode: 0o100644 },
];

describe("a written zip", () => {
  const folder = temporaryFolder();

  it("is read by another library with the same names, contents, modes, and the first date that a zip can have", async () => {
    const zip = await fromBufferPromise(Buffer.from(await writeZip(ENTRIES)), { autoClose: false });
    const read: ZipEntry[] = [];
    const dates = new Set<string>();
    for await (const entry of zip.eachEntry()) {
      const contents = await buffer(await zip.openReadStreamPromise(entry));
      read.push({ name: entry.fileName, contents, mode: entry.externalFileAttributes >>> 16 });
      dates.add(entry.getLastModDate({ forceDosFormat: true, timezone: "UTC" }).toISOString());
    }
    expect(read).to.deep.equal(ENTRIES);
    expect([...dates]).to.deep.equal(["1980-01-01T00:00:00.000Z"]);
  });

  /** Python's zipfile reads every entry and compares its checksum. */
  function expectReadByPython(file: string, zip: Uint8Array, count: number): void {
    writeFileSync(file, zip);
    const check =
      "import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), len(z.namelist()))";
    expect(execFileSync("python3", ["-c", check, file], { encoding: "utf8" })).to.equal(`None ${count}\n`);
  }

  it("passes the test of another program, with checksums", async function () {
    await requireTool(this, ["python3", "--version"]);
    expectReadByPython(join(folder.path(), "few.zip"), await writeZip(ENTRIES), ENTRIES.length);
  });

  itInTestAll(
    "passes the test of another program with more entries than the short form has room for",
    async function () {
      await requireTool(this, ["python3", "--version"]);
      const many = Array.from({ length: 70_000 }, (_, n) => ({
        name: String(n),
        contents: Buffer.alloc(0),
        mode: 0o100644,
      }));
      expectReadByPython(join(folder.path(), "many.zip"), await writeZip(many), many.length);
    },
  );
});
