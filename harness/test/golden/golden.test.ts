/**
 * Tests that recorded evidence still has the result and the sentences that were recorded with it. `npm run golden:renew` renews the expected
 * files.
 */
import { expect } from "chai";
import { readdirSync } from "node:fs";
import { expectedResult, goldenCases, RUNS } from "../../../scripts/golden/cases.ts";
import { differenceLine, differences } from "../../../scripts/golden/differences.ts";
import {
  expectedEssentials,
  expectedStories,
  readStories,
  STORY_BUNDLES,
} from "../../../scripts/golden/stories.ts";
import { groupBy } from "../../src/base/group-by.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";
import { essentialsOf } from "./essentials.ts";
import { judgeCase, judgeStory } from "./judge.ts";
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

  for (const bundle of STORY_BUNDLES) {
    const expected = expectedStories(bundle);
    const stories = readStories(bundle);
    const results = new Map<string, unknown>();

    for (const [file, ofFile] of groupBy(stories, ([, { of }]) => of.replace(/: .*/, ""))) {
      it(`of the ${bundle} stories of ${file} gives the recorded results`, async () => {
        for (const [name, story] of ofFile) {
          const result = await judgeStory(name, story, folder.path());
          results.set(name, result);
          expect(differing(expected[name], result), `${name}, ${story.of}`).to.deep.equal([]);
        }
      });
    }

    it(`of all ${bundle} stories gives the recorded kinds of sentences and essentials`, () => {
      expect(lines(sentencesOfStories([...results.values()]))).to.deep.equal(
        lines(expectedSentences(`stories.${bundle}`)),
      );
      const essentials = [...stories].map(([name, { of }]) => essentialsOf(name, of, results.get(name)));
      expect(lines(essentials.join(""))).to.deep.equal(lines(expectedEssentials(bundle)));
    });
  }

  it("is completely in the list of cases", () => {
    const bundles = readdirSync(RUNS)
      .filter((name) => name.endsWith(".jsonl.gz"))
      .map((name) => name.replace(/\.jsonl\.gz$/, ""));
    expect(bundles).to.have.members(goldenCases().map(({ name }) => name));
  });
});
