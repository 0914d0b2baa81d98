/** Recorded evidence is judged as it was when it was recorded. `npm run golden:renew` renews what is expected. */
import { expect } from "chai";
import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { bundlePath, expectedResult, goldenCases, unpackCase } from "../../../scripts/golden/cases.ts";
import { differenceLine, differences } from "../../../scripts/golden/differences.ts";
import { expectedStories, STORIES, storyArguments, storyNames } from "../../../scripts/golden/stories.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { longrun } from "./judge.ts";

describe("recorded evidence", () => {
  const folder = temporaryFolder();

  async function judged(given: readonly string[]): Promise<unknown> {
    const { out, err } = await longrun(["analyze", ...given, "--json"], { workingFolder: folder.path() });
    if (out === "") throw new Error(err);
    return JSON.parse(out) as unknown;
  }

  const differing = (expected: unknown, actual: unknown): readonly string[] =>
    differences(expected, actual).map(differenceLine);

  for (const { name, shows, arguments: given } of goldenCases()) {
    it(`of ${name} is judged as recorded: ${shows}`, async () => {
      unpackCase(name, folder.path());
      expect(differing(expectedResult(name), await judged(given))).to.deep.equal([]);
    });
  }

  it("of many small stories, some with parts missing, is judged as recorded", async () => {
    unpackCase(STORIES, folder.path());
    const expected = expectedStories();
    const found: Record<string, readonly string[]> = {};
    for (const name of storyNames()) {
      const lines = differing(expected[name], await judged(storyArguments(folder.path(), name)));
      if (lines.length > 0) found[name] = lines;
    }
    expect(found).to.deep.equal({});
  });

  it("is in the list of cases, each of them", () => {
    const bundles = readdirSync(dirname(bundlePath(STORIES)))
      .filter((name) => name.endsWith(".jsonl.gz") && !name.startsWith(STORIES))
      .map((name) => name.replace(/\.jsonl\.gz$/, ""));
    expect(bundles).to.have.members(goldenCases().map(({ name }) => name));
  });
});
