import { expect } from "chai";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import { runMetrics } from "../../src/adapters/node/run-metrics.ts";
import { longrun } from "../cli/memory-machine.ts";
import { VirtualClock } from "../run/virtual-clock.ts";

const read = (...path: readonly string[]): string => readFileSync(join(packageRoot(), ...path), "utf8");
const documents = [
  "README.md",
  ...readdirSync(join(packageRoot(), "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name)),
];

/** Returns the commands in code blocks, with the lines that a backslash joins to them. */
function commandsIn(text: string): readonly string[] {
  const blocks = [...text.matchAll(/^```[a-z]*\n([^]*?)^```/gm)].map(([, block = ""]) => block);
  return blocks
    .flatMap((block) => block.replaceAll(/\\\n\s*/g, " ").split("\n"))
    .map((line) => /^(?:\$ )?(?:npx )?(longrun [a-z]+ [^|#]*)/.exec(line)?.[1]?.trim() ?? "")
    .filter((line) => line !== "");
}

describe("commands in the documentation", () => {
  const helps = new Map<string, string>();
  const helpOf = async (command: string): Promise<string> => {
    const help = helps.get(command) ?? (await longrun([command, "--help"])).out;
    helps.set(command, help);
    return help;
  };

  for (const document of documents) {
    const commands = commandsIn(read(document));
    if (commands.length === 0) continue;
    it(`of ${document} exist, with their flags`, async () => {
      const wrong: string[] = [];
      for (const command of commands) {
        const help = await helpOf(command.split(" ")[1] ?? "");
        if (help === "") wrong.push(`no such command: ${command}`);
        for (const [flag] of command.matchAll(/(?<=\s)--[a-z][a-z-]*/g))
          if (!new RegExp(`^ {2}${flag}\\b`, "m").test(help)) wrong.push(`${flag} in: ${command}`);
      }
      expect(wrong).to.deep.equal([]);
    });
  }
});

describe("docs/long-runs.md", () => {
  it("names every metric that is served, and no other", async () => {
    const served = [...(await runMetrics([], new VirtualClock()).text()).matchAll(/^# TYPE (longrun_\w+)/gm)];
    const named = [...read("docs", "long-runs.md").matchAll(/\blongrun_[a-z_]+/g)];
    const names = (found: readonly RegExpExecArray[], group: number): readonly string[] =>
      [...new Set(found.map((match) => match[group] ?? ""))].sort();
    expect(names(named, 0)).to.deep.equal(names(served, 1));
  });
});
