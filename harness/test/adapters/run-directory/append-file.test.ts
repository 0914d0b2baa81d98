import { expect } from "chai";
import fc from "fast-check";
import { readFileSync, symlinkSync, writeFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { openAppendFile } from "../../../src/adapters/run-directory/append-file.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";
import { propertyCases } from "../../support/test-all.ts";

describe("openAppendFile", () => {
  const folder = temporaryFolder();

  it("has written each line when append returns", () => {
    const path = join(folder.path(), "a.jsonl");
    const file = openAppendFile(path);
    file.append('{"a":1}\n');
    const first = readFileSync(path, "utf8");
    file.append('{"a":2}\n{"a":3}\n');
    const second = readFileSync(path, "utf8");
    file.close();
    expect([first, second]).to.deep.equal(['{"a":1}\n', '{"a":1}\n{"a":2}\n{"a":3}\n']);
  });

  it("cuts off an incomplete last line, whatever is before it", () => {
    const line = fc.string({ maxLength: 300 }).map((text) => `${JSON.stringify(text)}\n`);
    const torn = fc.string({ minLength: 1, maxLength: 200_000 }).map((text) => text.replaceAll("\n", " "));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), torn, (lines, rest) => {
        const path = join(folder.path(), "b.jsonl");
        writeFileSync(path, lines.join("") + rest);
        const file = openAppendFile(path);
        file.append("next\n");
        file.close();
        expect(readFileSync(path, "utf8")).to.equal(`${lines.join("")}next\n`);
      }),
      propertyCases(50),
    );
  });

  it("throws an error about a full disk", function () {
    if (!existsSync("/dev/full")) return this.skip();
    const path = join(folder.path(), "full");
    symlinkSync("/dev/full", path);
    const file = openAppendFile(path);
    expect(() => file.append("line\n")).to.throw(/ENOSPC/);
    file.close();
  });
});
