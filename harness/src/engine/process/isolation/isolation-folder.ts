/** The folders that all environments of a fleet share: an empty /opt, and the folder that covers /var. */
import { mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { REAL_VAR } from "./mount-table.ts";

export interface SharedFolders {
  readonly var: string;
  readonly emptyOpt: string;
}

export async function makeSharedFolders(runFolder: string): Promise<SharedFolders> {
  const folders = {
    var: join(runFolder, "var"),
    emptyOpt: join(runFolder, "opt"),
  };
  await mkdir(folders.emptyOpt, { recursive: true });
  return folders;
}

/**
 * Fills the folder that covers /var: with folders for the mounts, and with symbolic links to the entries of the real /var. What is there
 * already stays.
 */
export async function makeVarFolder(folder: string): Promise<void> {
  for (const name of ["task", "runtime", "lang/bin", REAL_VAR])
    await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, "lang/bin/node"), "");
  const there = new Set(await readdir(folder));
  for (const name of await readdir("/var"))
    if (!there.has(name)) await symlink(`${REAL_VAR}/${name}`, join(folder, name));
}
