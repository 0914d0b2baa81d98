import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "chai";
import { longrun } from "./memory-machine.ts";

const ARGUMENTS = [
  "soak",
  "--function",
  "init-connect",
  "--protocol",
  "telnet",
  "--placement",
  "x".repeat(90),
];

describe("an error on a terminal", () => {
  const folder = mkdtempSync(join(tmpdir(), "longrun-error-"));
  after(() => rmSync(folder, { recursive: true, force: true }));

  it("keeps its words and its indentation when its lines are wrapped", async () => {
    const plain = await longrun(ARGUMENTS);
    const shown = await longrun(ARGUMENTS, { isTerminal: true, columns: 60 });
    expect([plain.code, shown.code]).to.deep.equal([64, 64]);
    const wide = shown.err.split("\n").filter((line) => line.length > 60);
    expect(wide.filter((line) => line.trim().includes(" "))).to.deep.equal([]);
    expect(shown.err).to.match(/\n {6}expected one of auto, longrun, .*\n {6}\S/);
    const words = (text: string): readonly string[] => text.split(/\s+/);
    expect(words(shown.err)).to.deep.equal(words(plain.err));
    expect(plain.err.split("\n").some((line) => line.length > 60)).to.equal(true);
  });

  it("hides a value of --env before its lines are wrapped", async () => {
    const secret = `zq-one ${"zq-two ".repeat(20)}zq-three`;
    const flags = ["soak", "--env", `PW=${secret}`, "--function", `other/${secret}`];
    const { code, err } = await longrun(flags, { isTerminal: true, columns: 40 });
    expect(code).to.equal(64);
    expect(err).to.include("***PW***").and.not.to.include("zq-");
  });

  it("shows no escape sequence of a file that it quotes", async () => {
    const file = join(folder, "hostile.json");
    writeFileSync(file, JSON.stringify({ "\u001B[2J\u001B]0;title\u0007": 1 }));
    const { code, err } = await longrun(["replay", file]);
    expect(code).to.equal(64);
    expect(err).to.contain("\uFFFD[2J");
    expect(err).not.to.match(/[\u0000-\u0008\u000B-\u001F]/u);
  });
});
