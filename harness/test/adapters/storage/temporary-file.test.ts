import { expect } from "chai";
import { readdirSync } from "node:fs";
import { TemporaryFile } from "../../../src/adapters/storage/temporary-file.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("a temporary file", () => {
  const folder = temporaryFolder();
  const before = process.env["TMPDIR"];
  afterEach(() => {
    if (before === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = before;
  });

  it("returns what was written, and leaves no file name behind", () => {
    process.env["TMPDIR"] = folder.path();
    const file = new TemporaryFile();
    file.append(Buffer.from("first "));
    file.append(Buffer.from("second"));
    const bytes = Buffer.alloc(6);
    file.read(bytes, 6);
    expect([file.length, bytes.toString(), readdirSync(folder.path())]).to.deep.equal([12, "second", []]);
    file.close();
  });

  it("reports the folder in which it cannot be made", () => {
    process.env["TMPDIR"] = `${folder.path()}/nowhere`;
    expect(() => new TemporaryFile().append(Buffer.from("x")))
      .to.throw(/nowhere: expected a folder with space for a temporary file \(ENOENT\)\.$/)
      .with.property("code", "unavailable");
  });
});
