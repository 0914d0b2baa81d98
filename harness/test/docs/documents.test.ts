/** Tests that the commands, flags, paths and make targets in documents exist. Links are checked in citations.test.ts. */
import { expect } from "chai";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import { longrun } from "../cli/memory-machine.ts";

const root = packageRoot();
const DOCUMENTS = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  "infra/README.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name.replaceAll("\\", "/")}`),
];
const read = (document: string): string => readFileSync(join(root, document), "utf8");

/** Removes the fenced blocks from a text, because they contain no links. */
const prose = (text: string): string => text.replace(/^```[^]*?^```/gm, "");

const REPOSITORY_PATH = /^(?:harness|functions|infra|scripts|docs|examples|\.github|\.ci)\/[\w./$-]*$/;
/** Files that a command writes and git ignores. */
const MADE = ["infra/backend_override.tf"];
const codeSpans = (text: string): readonly string[] =>
  [...prose(text).matchAll(/`([^`\n]+)`/g)].map(([, code = ""]) => code);

/** Returns the longrun commands in code blocks and code spans, without comments and without what follows a pipe. Continued lines are joined. */
const commands = (text: string): readonly string[] => {
  const fenced = [...text.matchAll(/^```\w*\n([^]*?)^```/gm)].flatMap(([, block = ""]) =>
    block.replace(/\\\n\s*/g, " ").split("\n"),
  );
  return [...fenced, ...codeSpans(text)]
    .map((line) => (/(?:^|[\s|(])longrun ([a-z]+(?: [^|#>]*)?)/.exec(line)?.[1] ?? "").trim())
    .filter((command) => command !== "");
};

async function flagsOf(name: string): Promise<readonly string[]> {
  const { code, out } = await longrun([name, "--help"]);
  return code === 0 ? [...out.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, flag = ""]) => flag) : [];
}

describe("documents", () => {
  for (const document of DOCUMENTS) {
    const text = read(document);

    it(`${document}: every path of the repository that it names exists`, () => {
      const paths = codeSpans(text).filter((code) => REPOSITORY_PATH.test(code));
      expect(paths.filter((path) => !MADE.includes(path) && !existsSync(join(root, path)))).to.deep.equal([]);
    });

    it(`${document}: every longrun command and flag that it names exists`, async () => {
      const wrong: string[] = [];
      for (const command of commands(text)) {
        const [name = "", ...rest] = command.split(/\s+/);
        const known = await flagsOf(name);
        const unknown = rest
          .filter((word) => word.startsWith("--"))
          .map((word) => word.replace(/[=,;.].*$/, ""))
          .filter((flag) => !known.includes(flag));
        if (known.length === 0 || unknown.length > 0) wrong.push(`longrun ${command}`);
      }
      expect(wrong).to.deep.equal([]);
    });

    it(`${document}: every make target that it names exists`, () => {
      const targets = [...read("Makefile").matchAll(/^([a-z-]+):/gm)].map(([, target]) => target);
      const named = [...text.matchAll(/(?:^|`)make ([a-z][a-z-]*)/gm)].map(([, target]) => target);
      expect(named.filter((target) => !targets.includes(target))).to.deep.equal([]);
    });
  }

  it("README.md has fewer than 150 lines", () => {
    expect(read("README.md").split("\n").length).to.be.below(150);
  });
});
