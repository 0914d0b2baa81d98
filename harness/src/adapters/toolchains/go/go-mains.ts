/** Finds the folders of a Go module that contain a package main, for a user who gave the folder above them. */

/** Returns paths relative to the given folder, the shortest first, without the given folder itself. */
export async function goMains(
  files: readonly string[],
  read: (file: string) => Promise<string>,
): Promise<readonly string[]> {
  const folders = new Set<string>();
  for (const file of files) {
    if (!file.endsWith(".go") || file.endsWith("_test.go") || NOT_BUILT.test(file)) continue;
    const folder = file.slice(0, Math.max(0, file.lastIndexOf("/")));
    if (folder === "" || folders.has(folder)) continue;
    const text = await read(file);
    if (MAIN.test(text) && !IGNORED.test(text)) folders.add(folder);
  }
  return [...folders].sort((a, b) => (a.length === b.length ? (a < b ? -1 : 1) : a.length - b.length));
}

/** The end of a sentence that begins with "expected". */
export function folderOfMain(mains: readonly string[]): string {
  const [first = "", ...others] = mains;
  return others.length === 0
    ? `the folder with package main, which is its subfolder ${first}`
    : `a folder with package main, such as its subfolder ${first}`;
}

/** Folders that go build leaves out, and files that it builds only if they are named. */
const NOT_BUILT = /(?:^|\/)(?:vendor|testdata|[._][^/]*)\//;
const IGNORED = /^\/\/go:build ignore\b/m;
const MAIN = /^package main\b/m;
