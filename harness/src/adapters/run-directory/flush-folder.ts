/** Writes a folder's entries to the disk, so that a file which was made or renamed in it has its name after a failure of the machine. */
import { closeSync, fsyncSync, openSync } from "node:fs";

export function flushFolder(folder: string, flush: (file: number) => void = fsyncSync): void {
  const file = openSync(folder, "r");
  try {
    flush(file);
  } catch (error) {
    // A file system that cannot do this for folders.
    if ((error as NodeJS.ErrnoException).code !== "EINVAL") throw error;
  } finally {
    closeSync(file);
  }
}
