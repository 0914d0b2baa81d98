/** `mkdir -p`. Node's own tries for ever where a file system answers ENOENT although the parent is there (/proc does). */
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
    // Its parent may be a link to nowhere, then this says so.
    mkdirSync(folder);
  }
}
