/** A file of JSON lines is read in bounded memory, whatever the length of its lines. */
import { expect } from "chai";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { readJsonLines } from "../../../src/adapters/run-directory/json-lines.ts";
import { temporaryFolder } from "../../support/temporary-folder.ts";

describe("a file of JSON lines", () => {
  const folder = temporaryFolder();

  it("is read without a line that is far too long, and that line is counted", () => {
    const path = join(folder.path(), "a.jsonl");
    appendFileSync(path, '{"n":1}\n{"n":"');
    for (let count = 0; count < 40; count += 1) appendFileSync(path, Buffer.alloc(1 << 20, "a"));
    appendFileSync(path, '"}\n{"n":2}\n');
    const read = readJsonLines(folder.path(), path, (value) => value["n"]);
    expect(read?.values).to.deep.equal([1, 2]);
    expect(read?.unreadable.lines).to.equal(1);
    expect(read?.unreadable.example).to.have.length(200);
  });

  it("is read without a line that is nested on more than 210 levels, and that line is counted", () => {
    const path = join(folder.path(), "b.jsonl");
    const deep = (levels: number): string => `{"n":${"[".repeat(levels)}${"]".repeat(levels)}}\n`;
    appendFileSync(path, deep(208) + deep(9_000) + deep(209) + deep(210));
    expect(readJsonLines(folder.path(), path, (value) => Object.keys(value).length)).to.deep.include({
      values: [1, 1],
    });
    expect(readJsonLines(folder.path(), path, () => 1)?.unreadable.lines).to.equal(2);
  });
});
