/**
 * Makes a folder of the cache in one step, so that an interrupted run never leaves an incomplete folder. An earlier folder is replaced. A
 * folder that another run made in the meantime stays, because that run may be reading it.
 */
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname } from "node:path";

/** `fill` gets the new empty folder. If it rejects, nothing is left behind, and the existing folder stays. */
export async function makeCacheFolder(folder: string, fill: (made: string) => Promise<void>): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const made = mkdtempSync(`${folder}.new-`);
  const before = inodeOf(folder);
  try {
    await fill(made);
    if (before !== null && inodeOf(folder) === before) rmSync(folder, { recursive: true, force: true });
    try {
      renameSync(made, folder);
    } catch (error) {
      const { code = "" } = error as NodeJS.ErrnoException;
      if (!["ENOTEMPTY", "EEXIST"].includes(code)) throw error;
    }
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

function inodeOf(folder: string): number | null {
  return statSync(folder, { throwIfNoEntry: false })?.ino ?? null;
}
