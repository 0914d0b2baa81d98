/**
 * `npm run golden:renew [-- --results]` judges the recorded evidence and writes the files with the expected output. It always writes the
 * sentences, but writes results only with --results or for a new run. CONTRIBUTING.md says when to write results.
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
import { expectedStories, STORIES, writeExpectedStories } from "../../../scripts/golden/stories.ts";
import { judgeCase, judgeStories } from "./judge.ts";
import { sentencesOfCase, sentencesOfStories, writeExpectedSentences } from "./sentences.ts";

const given = process.argv.slice(2);
const resultsMayChange = given.includes("--results");
if (given.some((one) => one !== "--results")) {
  process.stderr.write("usage: npm run golden:renew [-- --results]\n");
  process.exit(64);
}

let refused = 0;

/** Prints the differences instead of writing the result. */
function refuse(name: string, expected: unknown, actual: unknown): void {
  const changes = differences(expected, actual);
  for (const change of changes) process.stdout.write(`${name}: ${differenceLine(change)}\n`);
  refused += changes.length;
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
  if (resultsMayChange || !hasExpectedResult(one.name)) writeExpectedResult(one.name, result);
  else refuse(one.name, expectedResult(one.name), result);
}
const stories = await inFolder(judgeStories);
writeExpectedSentences(STORIES, sentencesOfStories(Object.values(stories)));
if (resultsMayChange) writeExpectedStories(stories);
else refuse(STORIES, expectedStories(), stories);
if (refused > 0) {
  process.stderr.write(
    "The results differ from the expected files, which were not changed. With --results, they are written too.\n",
  );
  process.exitCode = 1;
}
