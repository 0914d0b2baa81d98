/**
 * Makes a folder of the cache in one step: it is filled under another name and then renamed. So an interrupted run, or two runs at the same
 * time, never leave an incomplete folder. An existing folder is replaced.
 */
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { pid } from "node:process";

/** `fill` gets the new empty folder. If it rejects, nothing is left behind, and the existing folder stays. */
export async function makeCacheFolder(folder: string, fill: (made: string) => Promise<void>): Promise<void> {
  const made = `${folder}.new-${pid}`;
  rmSync(made, { recursive: true, force: true });
  mkdirSync(made, { recursive: true });
  try {
    await fill(made);
    rmSync(folder, { recursive: true, force: true });
    renameSync(made, folder);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}
