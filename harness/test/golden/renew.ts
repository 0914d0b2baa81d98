/**
 * `npm run golden:renew [-- --results] [--stories]` judges the recorded evidence and writes the files with the expected output. It always
 * writes the sentences, but writes results only with --results or for new evidence. With --stories, it first runs the tests of the
 * judgement and adds the stories that they tell and that are not recorded yet. CONTRIBUTING.md says when to do what.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  expectedResult,
  goldenCases,
  hasExpectedResult,
  writeExpectedResult,
} from "../../../scripts/golden/cases.ts";
import { differenceLine, differences } from "../../../scripts/golden/differences.ts";
import {
  expectedStories,
  readStories,
  STORY_BUNDLES,
  writeEssentials,
  writeExpectedStories,
} from "../../../scripts/golden/stories.ts";
import { addToldStories } from "./add-told-stories.ts";
import { essentialsOf } from "./essentials.ts";
import { judgeCase, judgeStory } from "./judge.ts";
import { sentencesOfCase, sentencesOfStories, writeExpectedSentences } from "./sentences.ts";

const given = process.argv.slice(2);
const resultsMayChange = given.includes("--results");
if (given.some((one) => one !== "--results" && one !== "--stories")) {
  process.stderr.write("usage: npm run golden:renew [-- --results] [--stories]\n");
  process.exit(64);
}

let refused = 0;

/** Prints how a result differs from the recorded one. Returns the result that is recorded from now on. */
function decide(name: string, expected: unknown, actual: unknown): unknown {
  const changes = differences(expected, actual);
  for (const change of changes) process.stdout.write(`${name}: ${differenceLine(change)}\n`);
  if (resultsMayChange) return actual;
  refused += changes.length;
  return expected;
}

async function inFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "longrun-golden-"));
  try {
    return await act(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const one of goldenCases()) {
  const outputs = await inFolder((folder) => judgeCase(one, folder));
  const result = JSON.parse(outputs.json) as unknown;
  writeExpectedSentences(one.name, sentencesOfCase(outputs));
  if (!hasExpectedResult(one.name)) writeExpectedResult(one.name, result);
  else if (decide(one.name, expectedResult(one.name), result) === result)
    writeExpectedResult(one.name, result);
}
if (given.includes("--stories")) process.stdout.write(`${addToldStories()} new stories\n`);
for (const bundle of STORY_BUNDLES) {
  const expected = expectedStories(bundle);
  const results: Record<string, unknown> = {};
  const recorded: Record<string, unknown> = {};
  let essentials = "";
  for (const [name, story] of readStories(bundle)) {
    const result = await inFolder((folder) => judgeStory(name, story, folder));
    results[name] = result;
    recorded[name] =
      name in expected ? decide(`${bundle} story ${name} (${story.of})`, expected[name], result) : result;
    essentials += essentialsOf(name, story.of, recorded[name]);
  }
  writeExpectedSentences(`stories.${bundle}`, sentencesOfStories(Object.values(results)));
  writeExpectedStories(bundle, recorded);
  writeEssentials(bundle, essentials);
}
if (refused > 0) {
  process.stderr.write(
    "The results differ from the expected files, which were not changed. With --results, they are written too.\n",
  );
  process.exitCode = 1;
}
