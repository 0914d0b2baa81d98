/** Small run directories, each as one text: a line `=== PATH` before each file. So a change can also cut, double or mix files. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { bundlePath } from "../../../../scripts/golden/cases.ts";
import { unpack, type BundledFile } from "../../../../scripts/golden/bundle.ts";

const HEAD = /^=== (.+)$/m;
/** Recorded runs. Together they have every kind of file and of line. */
const RUNS = ["interrupted", "resumed", "calm", "killed", "partition-1", "evict", "own-machine-busy"];
/** So many lines of each file are enough: a run of this length is judged in some milliseconds. */
const LINES_MAX = 24;

function shortened({ path, content }: BundledFile): string {
  const text = path.endsWith(".jsonl") ? content.split("\n").slice(0, LINES_MAX).join("\n") : content;
  return `=== ${path}\n${text}\n`;
}

export const SMALL_RUNS: readonly string[] = RUNS.map((name) =>
  unpack(readFileSync(bundlePath(name)))
    .map(shortened)
    .join(""),
);

/** Writes the files of a case into the folder. A path that leads out of the folder is left out. */
export function writeRun(bytes: Uint8Array, folder: string): void {
  const parts = Buffer.from(bytes).toString("latin1").split(new RegExp(HEAD, "m"));
  for (let index = 1; index + 1 < parts.length; index += 2) {
    const path = normalize(parts[index] ?? "");
    if (!/^[\w./-]{1,100}$/.test(path) || path.startsWith("..") || path.startsWith("/") || path.endsWith("/"))
      continue;
    try {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), Buffer.from((parts[index + 1] ?? "").replace(/^\n/, ""), "latin1"));
    } catch {
      // A changed path can name a file as a folder. Then the file is missing.
    }
  }
}
