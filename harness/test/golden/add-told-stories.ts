/**
 * Runs the tests of the judgement and adds the evidence that they judged to the recorded stories (record-story.ts). A story that is
 * recorded stays, even if its test changes or goes: it shows how a version of the judgement judged that evidence.
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { env, execPath } from "node:process";
import { readStories, writeStories, type Story } from "../../../scripts/golden/stories.ts";

const TESTS = ["harness/test/analysis/**/*.test.ts"];

/** Returns how many stories were added. */
export function addToldStories(): number {
  const folder = mkdtempSync(join(tmpdir(), "longrun-stories-"));
  const file = join(folder, "stories.jsonl");
  try {
    const { status } = spawnSync(execPath, ["node_modules/mocha/bin/mocha.js", ...TESTS], {
      env: { ...env, LONGRUN_STORIES: file },
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (status !== 0 || !existsSync(file)) throw new Error("the tests of the judgement must pass first");
    return add(
      readFileSync(file, "utf8")
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as Story),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function add(told: readonly Story[]): number {
  const evidenceOf = (story: Story): string => JSON.stringify([story.arguments, story.files]);
  const recorded = [...readStories("told").values()];
  const known = new Set(recorded.map(evidenceOf));
  const added = told.filter((story) => {
    const evidence = evidenceOf(story);
    const isNew = !known.has(evidence);
    known.add(evidence);
    return isNew;
  });
  writeStories("told", [...recorded, ...added]);
  return added.length;
}
