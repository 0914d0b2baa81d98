/** Short run directories, each as one text. */
import { readFileSync } from "node:fs";
import { bundlePath } from "../../../../scripts/golden/cases.ts";
import { unpack, type BundledFile } from "../../../../scripts/golden/bundle.ts";
import { fileText } from "../support/folder-text.ts";

/** Recorded runs. Together they have every kind of file and of line. */
const RUNS = ["interrupted", "resumed", "calm", "killed", "partition-1", "evict", "own-machine-busy"];
/** How many lines of each file are taken: a run of this length is judged in a few milliseconds. */
const LINES_MAX = 24;

function shortened({ path, content }: BundledFile): string {
  const lines = content.split("\n");
  return fileText(path, path.endsWith(".jsonl") ? `${lines.slice(0, LINES_MAX).join("\n")}\n` : content);
}

export const SMALL_RUNS: readonly string[] = RUNS.map((name) =>
  unpack(readFileSync(bundlePath(name)))
    .map(shortened)
    .join(""),
);
