/** Tests that the recipes of CONTRIBUTING.md name existing files and folders, and only a few, so that a change stays small. */
import { expect } from "chai";
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { packageRoot } from "../../src/adapters/node/assets.ts";

interface Recipe {
  readonly title: string;
  /** The first path of each line of the list. */
  readonly steps: readonly string[];
  readonly markdown: string;
}

const root = packageRoot();
const FILES_MAX = 6;
/**
 * Limits that differ from FILES_MAX. A family of runtimes needs programs of its own. A server's log needs sentences of its own. A version is
 * only data, so more files would mean that data is repeated.
 */
const OTHER_LIMITS: Readonly<Record<string, number>> = {
  "A family of runtimes": 10,
  "A server's own log": 8,
  "A version of a runtime": 4,
};

function recipes(): readonly Recipe[] {
  const page = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
  const [, section = ""] = page.split("\n## Recipes\n");
  return (section.split("\n## ")[0] ?? "")
    .split("\n### ")
    .slice(1)
    .map((text) => {
      const [title = ""] = text.split("\n", 1);
      return {
        title,
        markdown: text,
        steps: [...text.matchAll(/^- `([^`]+)`/gm)].map(([, path = ""]) => path),
      };
    });
}

/** Returns the paragraphs about files that a command writes. */
function generated({ markdown }: Recipe): readonly string[] {
  return markdown.split("\n\n").filter((paragraph) => paragraph.startsWith("Generated: "));
}

/** Returns every path in a recipe, also in its remarks. A path contains a slash or is a page at the root. */
function paths({ markdown }: Recipe): readonly string[] {
  return [...markdown.matchAll(/`([^`\s]+)`/g)]
    .map(([, word = ""]) => word)
    .filter((word) => /^(?:[\w.-]+\/)+[\w.-]*$|^[A-Z]+\.md$/.test(word));
}

const isFolder = (path: string): boolean => statSync(join(root, path)).isDirectory();

describe("recipes of CONTRIBUTING.md", () => {
  it("exist for the most frequent changes", () => {
    expect(recipes().map(({ title }) => title)).to.include.members([
      "A version of a runtime",
      "A family of runtimes",
      "A protocol",
      "A check",
      "An operation of the Lambda API",
      "An operation of the Lambda API that keeps something",
      "A sentence about harm",
      "A setting of a soak",
      "A setting of the judgement",
      "A reason of a verdict",
      "A log format",
      "A column of the environments table",
      "A column of the table of verdicts",
      "A panel of the page",
      "A variable of Terraform",
    ]);
  });

  it("exist for every change that has a limit of its own in this test", () => {
    expect(recipes().map(({ title }) => title)).to.include.members(Object.keys(OTHER_LIMITS));
  });

  for (const recipe of recipes()) {
    it(`name existing files and folders: ${recipe.title}`, () => {
      expect(paths(recipe).filter((path) => !existsSync(join(root, path)))).to.deep.equal([]);
      expect(
        recipe.steps.filter((path) => path.endsWith("/") !== isFolder(path)),
        "a folder, and nothing else, ends with a slash",
      ).to.deep.equal([]);
    });

    it(`name the command for generated files: ${recipe.title}`, () => {
      const incomplete = generated(recipe).filter(
        (text) =>
          !/`(?:npm run|LONGRUN_RENEW_\w+=1\s+npx\s+mocha)\s[^`]+`/.test(text) ||
          paths({ ...recipe, markdown: text }).length === 0,
      );
      expect(
        incomplete,
        "every such paragraph has a command, and the paths of the files that the command writes",
      ).to.deep.equal([]);
    });

    it(`need a change of only a few files: ${recipe.title}`, () => {
      const bullets = recipe.markdown.split("\n").filter((line) => line.startsWith("- "));
      expect(bullets, "every line of the list begins with a path").to.have.lengthOf(recipe.steps.length);
      expect(new Set(recipe.steps)).to.have.lengthOf(recipe.steps.length);
      expect(recipe.steps.length).to.be.within(1, OTHER_LIMITS[recipe.title] ?? FILES_MAX);
    });
  }
});
