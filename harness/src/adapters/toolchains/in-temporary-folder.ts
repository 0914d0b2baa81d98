/** Does some work in a temporary folder, and removes the folder afterwards. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { temporaryFolderRefused } from "../../base/errors.ts";

export async function inTemporaryFolder<T>(
  purpose: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = makeFolder(purpose);
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function makeFolder(purpose: string): string {
  try {
    return mkdtempSync(join(tmpdir(), `longrun-${purpose}-`));
  } catch (error) {
    throw temporaryFolderRefused(tmpdir(), error);
  }
}
