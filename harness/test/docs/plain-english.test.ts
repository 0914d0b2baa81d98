/** Tests that the prose of all Markdown files has none of the phrases that lint refuses in code (plain-english.mjs). */
/* eslint-disable plain-english/phrases -- the samples contain phrases on purpose */
import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { phrasesIn } from "../../../scripts/lint/plain-english.mjs";
import { packageRoot } from "../../src/adapters/node/assets.ts";

const root = packageRoot();
const PAGES = execFileSync("git", ["ls-files", "-z", "--", "*.md"], { cwd: root, encoding: "utf8" })
  .split("\0")
  .filter((path) => path !== "" && existsSync(join(root, path)));

const CODE_BLOCK = /^([ \t>]*)(`{3,}|~{3,})[^`\n]*\n(?:[^]*?\n)??[ \t>]*\2[`~]*[ \t]*$/gm;
const CODE_SPAN = /(?<!`)(`+)(?!`)(?:(?!\n\s*\n)[^])*?(?<!`)\1(?!`)/g;
const ADDRESS = /(?<=\])\([^)\s]*\)|https?:\/\/[^\s)>]+/g;
/** A paragraph, a heading, an item of a list or a row of a table ends before these characters. */
const END_OF_PARAGRAPH = /\n(?=\s*(?:\n|[|#]|[-*] |\d+\. ))/;

/** Returns the page without code and addresses. Each line stays at its place. */
function prose(markdown: string): string {
  return [CODE_BLOCK, CODE_SPAN, ADDRESS].reduce(
    (text, code) => text.replace(code, (found) => `…${found.replace(/[^\n]/g, "")}`),
    markdown,
  );
}

/** Returns each phrase with the first line of its paragraph, and what to write instead. */
function phrasesOf(path: string, markdown: string): readonly string[] {
  let line = 1;
  return prose(markdown)
    .split(END_OF_PARAGRAPH)
    .flatMap((paragraph) => {
      const first = line + (/^\n*/.exec(paragraph)?.[0].length ?? 0);
      line += paragraph.split("\n").length;
      return phrasesIn(paragraph).map(({ phrase, instead }) => `${path}:${first}: "${phrase}": ${instead}`);
    });
}

describe("the sentences of Markdown files", () => {
  it("have none of the phrases that lint refuses", () => {
    expect(PAGES).to.include.members(["README.md", "docs/checks.md", "infra/README.md"]);
    expect(PAGES.flatMap((path) => phrasesOf(path, readFileSync(join(root, path), "utf8")))).to.deep.equal(
      [],
    );
  });

  for (const [where, markdown, lines] of [
    ["in a paragraph, over two lines", "# A\n\nIt waits. This is for\nnothing.\n", [3]],
    ["in an item of a list", "text\n\n- one\n- two, for nothing\n", [4]],
    ["in a row of a table", "| a | b |\n| --- | --- |\n| `x` | for nothing |\n", [3]],
    ["after a code block", "```sh\nfor nothing\n```\n\nAll for nothing.\n", [5]],
    ["in two paragraphs", "It is for nothing.\n\n`a`\n\nAll for nothing.\n", [1, 5]],
    ["only in code blocks", "```\nfor nothing\n```\n\n~~~\nfor nothing\n~~~\n", []],
    ["only in code spans", "a `for nothing` b ``for ` nothing`` c `for\nnothing`\n", []],
    ["only in addresses", "[a](for-heart) https://example.com/heart\n", []],
  ] as const)
    it(`${lines.length === 0 ? "may have" : "are refused if they have"} a phrase ${where}`, () => {
      expect(phrasesOf("README.md", markdown)).to.deep.equal(
        lines.map(
          (line) => `README.md:${line}: "for nothing": write \`without effect\`, or name what is missing`,
        ),
      );
    });
});
