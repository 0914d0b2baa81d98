import { expect } from "chai";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";
import { anchors, brokenCitations, type Library } from "./broken-citations.ts";

const root = packageRoot();
/** Lists the files that git has or would add, without builds and runs. */
const FILES = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\0")
  .filter((path) => path !== "" && existsSync(join(root, path)) && statSync(join(root, path)).isFile());
const TEXT =
  /(?:\.(?:md|ts|mts|mjs|cjs|js|py|tf|hcl|ya?ml|sh|css|json|jsonl)|Makefile|Dockerfile|\.ci\/run)$/;
/** These two files contain broken citations on purpose. */
const ABOUT_CITATIONS = /^harness\/test\/docs\/(?:citations\.test|broken-citations)\.ts$/;

const repository: Library = {
  has: (path) => existsSync(join(root, path)),
  read: (path) => readFileSync(join(root, path), "utf8"),
  documents: new Set(FILES.filter((path) => path.endsWith(".md")).map((path) => basename(path))),
};

const made: Library = {
  has: (path) => ["docs/one.md", "docs/two.md", "README.md"].includes(path),
  read: () => "# Top\n\n## A heading, really\n\n## Twice\n\n## Twice\n",
  documents: new Set(["one.md", "two.md", "README.md"]),
};

describe("citations", () => {
  const files = FILES.filter(
    (path) => TEXT.test(path) && !ABOUT_CITATIONS.test(path) && path !== "package-lock.json",
  );

  it("of Markdown files lead to existing pages and headings", () => {
    expect(brokenIn(files.filter((path) => path.endsWith(".md")))).to.deep.equal([]);
  });

  it("of all other files lead to a page of the repository", () => {
    expect(brokenIn(files.filter((path) => !path.endsWith(".md")))).to.deep.equal([]);
  });

  it("are searched in many files", () => {
    expect(files.length).to.be.above(900);
  });

  const CASES: readonly (readonly [string, string, string, readonly string[]])[] = [
    ["a page that exists", "docs/one.md", "[x](two.md#a-heading-really)", []],
    ["a page from another folder", "README.md", "[x](docs/one.md#twice-1)", []],
    [
      "a page that does not exist",
      "docs/one.md",
      "a\n[x](three.md)",
      ["docs/one.md:2: three.md", "docs/one.md:2: no document of the repository: three.md"],
    ],
    ["a heading that does not exist", "docs/one.md", "[x](#nothing)", ["docs/one.md:1: #nothing"]],
    [
      "a definition that leads to no heading",
      "docs/one.md",
      "[KEY]\n\n[KEY]: two.md#nothing",
      ["docs/one.md:3: two.md#nothing"],
    ],
    ["a name without definition", "docs/one.md", "as [KEY] says", ["docs/one.md:1: [KEY] is not defined"]],
    ["a link in a fenced block", "docs/one.md", "```\n[x](three.html)\n```", []],
    ["a section sign in a link", "docs/one.md", "[RFC 1, §2](https://example.com/1)", []],
    ["a section sign outside of a link", "docs/one.md", "see §2", ["docs/one.md:1: § outside of a link"]],
    ["code with a page that exists", "a.ts", "// docs/two.md#top", []],
    ["code with a wrong heading", "a.ts", "// docs/two.md#nothing", ["a.ts:1: docs/two.md#nothing"]],
    ["code with a section sign", "a.ts", "// facts §2", ["a.ts:1: §"]],
    [
      "code with a document that does not exist",
      "a.ts",
      "// as paper.md says",
      ["a.ts:1: no document of the repository: paper.md"],
    ],
  ];
  for (const [what, path, text, expected] of CASES) {
    it(`are ${expected.length === 0 ? "correct" : "broken"}: ${what}`, () => {
      expect(brokenCitations({ path, text }, made)).to.deep.equal(expected);
    });
  }

  it("use the anchor that GitHub makes from a heading", () => {
    expect(anchors("# Lines of Node.js\n```\n# no heading\n```\n## `a` and b\n")).to.deep.equal([
      "lines-of-nodejs",
      "a-and-b",
    ]);
  });
});

function brokenIn(paths: readonly string[]): readonly string[] {
  return paths.flatMap((path) =>
    brokenCitations({ path, text: readFileSync(join(root, path), "utf8") }, repository),
  );
}
