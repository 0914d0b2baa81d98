/** Makes a folder as `mkdir -p` does. Node's own function never ends if a file system answers ENOENT although the parent exists (as /proc does). */
import { existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST" && statSync(folder).isDirectory()) return;
    const parent = dirname(folder);
    if (code !== "ENOENT" || parent === folder || existsSync(parent)) throw error;
    makeFolder(parent);
    // Throws if the parent is a link to a file that does not exist.
    mkdirSync(folder);
  }
}
