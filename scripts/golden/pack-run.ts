/**
 * Packs the evidence of a run directory into harness/test/golden/runs. A run with a name of this machine (folder, user, host) is refused,
 * so that a person looks at it.
 */
import { writeFileSync } from "node:fs";
import { homedir, hostname, tmpdir, userInfo } from "node:os";
import { dirname, resolve } from "node:path";
import { pack, readFolder, type BundledFile } from "./bundle.ts";
import { bundlePath } from "./cases.ts";

/** Returns the problems; the bundle is written only if there are none. */
export function packRun(folder: string, name: string): readonly string[] {
  const files = readFolder(folder);
  const problems = [
    ...(files.length === 0 ? [`${folder} has no files`] : []),
    ...namesOfThisMachine(files, folder),
  ];
  if (problems.length === 0) writeFileSync(bundlePath(name), pack(files));
  return problems;
}

function namesOfThisMachine(files: readonly BundledFile[], folder: string): readonly string[] {
  const user = userInfo().username;
  // Short words such as "vm" are parts of other words, so they are not searched.
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
      .map(
        (word) =>
          `${path} names "${word}": make the run again with relative paths, or remove this name by hand`,
      ),
  );
}
