/**
 * A run directory → a bundle for harness/test/golden/runs. Only evidence goes in, and nothing that belongs to the machine on
 * which the run was made: a file that names its folders, its user or itself is refused, so that a person looks at it.
 */
import { writeFileSync } from "node:fs";
import { homedir, hostname, tmpdir, userInfo } from "node:os";
import { dirname, resolve } from "node:path";
import { pack, readFolder, type BundledFile } from "./bundle.ts";
import { bundlePath } from "./cases.ts";

/** Returns what speaks against the bundle; it is written only where nothing does. */
export function packRun(folder: string, name: string): readonly string[] {
  const files = readFolder(folder);
  const problems = [
    ...(files.length === 0 ? [`${folder} holds no file`] : []),
    ...namesOfThisMachine(files, folder),
  ];
  if (problems.length === 0) writeFileSync(bundlePath(name), pack(files));
  return problems;
}

function namesOfThisMachine(files: readonly BundledFile[], folder: string): readonly string[] {
  const user = userInfo().username;
  // Words as short as "vm" are part of others.
  const words = [
    dirname(resolve(folder)),
    homedir(),
    process.cwd(),
    `${tmpdir()}/`,
    hostname(),
    `/home/${user}`,
  ];
  return files.flatMap(({ path, content }) =>
    [...new Set(words)]
      .filter((word) => word.length > 3 && content.includes(word))
      .map((word) => `${path} names "${word}": make the run again with relative paths, or remove it by hand`),
  );
}
