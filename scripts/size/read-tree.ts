/** Reads the TypeScript files of a commit, or of the files that git would commit now. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

export interface SourceText {
  readonly path: string;
  readonly text: string;
}

const ROOTS = ["functions", "harness", "scripts"];
const MAX_BYTES = 1 << 30;

function git(args: readonly string[], input?: string): Buffer {
  return execFileSync("git", args, { input, maxBuffer: MAX_BYTES });
}

const isCounted = (path: string): boolean => path.endsWith(".ts");

export function filesOfNow(): readonly SourceText[] {
  const listed = git([
    "ls-files",
    "-z",
    "--cached",
    "--others",
    "--exclude-standard",
    "--deduplicate",
    ...ROOTS,
  ]);
  const deleted = new Set(
    git(["ls-files", "-z", "--deleted", ...ROOTS])
      .toString()
      .split("\0"),
  );
  return listed
    .toString()
    .split("\0")
    .filter((path) => isCounted(path) && !deleted.has(path))
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}

/** Throws git's own error if there is no such commit. */
export function filesOfCommit(commit: string): readonly SourceText[] {
  const paths = git(["ls-tree", "-r", "-z", "--name-only", commit, ...ROOTS])
    .toString()
    .split("\0")
    .filter(isCounted);
  const batch = git(["cat-file", "--batch"], paths.map((path) => `${commit}:${path}\n`).join(""));
  let at = 0;
  return paths.map((path) => {
    const headEnd = batch.indexOf("\n", at);
    const bytes = Number(batch.toString("utf8", at, headEnd).split(" ")[2]);
    const text = batch.toString("utf8", headEnd + 1, headEnd + 1 + bytes);
    at = headEnd + 1 + bytes + 1;
    return { path, text };
  });
}
