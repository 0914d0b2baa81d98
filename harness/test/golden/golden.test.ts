/**
 * Tests that recorded evidence still has the result and the sentences that were recorded with it. `npm run golden:renew` renews the expected
 * files.
 */
import { expect } from "chai";
import { readdirSync } from "node:fs";
import { dirname } from "node:path";
import { bundlePath, expectedResult, goldenCases } from "../../../scripts/golden/cases.ts";
import { differenceLine, differences } from "../../../scripts/golden/differences.ts";
import { expectedStories, STORIES } from "../../../scripts/golden/stories.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { judgeCase, judgeStories } from "./judge.ts";
import { expectedSentences, sentencesOfCase, sentencesOfStories } from "./sentences.ts";

const lines = (text: string): readonly string[] => text.split("\n");
const differing = (expected: unknown, actual: unknown): readonly string[] =>
  differences(expected, actual).map(differenceLine);

describe("recorded evidence", () => {
  const folder = temporaryFolder();

  for (const one of goldenCases()) {
    it(`of ${one.name} gives the recorded result and sentences: ${one.shows}`, async () => {
      const outputs = await judgeCase(one, folder.path());
      expect(differing(expectedResult(one.name), JSON.parse(outputs.json))).to.deep.equal([]);
      expect(lines(sentencesOfCase(outputs))).to.deep.equal(lines(expectedSentences(one.name)));
    });
  }

  it("of many small stories, some with parts missing, gives the recorded results and kinds of sentences", async () => {
    const results = await judgeStories(folder.path());
    expect(differing(expectedStories(), results)).to.deep.equal([]);
    expect(lines(sentencesOfStories(Object.values(results)))).to.deep.equal(
      lines(expectedSentences(STORIES)),
    );
  });

  it("is completely in the list of cases", () => {
    const bundles = readdirSync(dirname(bundlePath(STORIES)))
      .filter((name) => name.endsWith(".jsonl.gz") && !name.startsWith(STORIES))
      .map((name) => name.replace(/\.jsonl\.gz$/, ""));
    expect(bundles).to.have.members(goldenCases().map(({ name }) => name));
  });
});
