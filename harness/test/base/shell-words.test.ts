import { execFileSync } from "node:child_process";
import { expect } from "chai";
import { shellWords } from "../../src/base/shell-words.ts";

describe("shellWords", () => {
  it("writes plain words as they are, and others so that a shell reads the same words again", () => {
    expect(shellWords(["analyze", "events.json", "--since=24h"])).to.equal("analyze events.json --since=24h");
    const words = ["2026/11/25/[$LATEST]0f", "it's", "", "a b", 'say "hi"', "$(id)", "*", "new\nline"];
    const print = `process.stdout.write(JSON.stringify(process.argv.slice(1)))`;
    const read = execFileSync("sh", ["-c", `node -e '${print}' -- ${shellWords(words)}`], {
      encoding: "utf8",
    });
    expect(JSON.parse(read)).to.deep.equal(words);
  });
});
