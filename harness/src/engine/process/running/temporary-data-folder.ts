/**
 * Temporary data folders. A process that makes one also removes the folders whose makers were killed, and ends the processes that those
 * makers have left running.
 */
import { lstat, mkdtemp, readdir } from "node:fs/promises";
import { readlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { getuid, pid } from "node:process";
import { temporaryFolderRefused } from "../../../base/errors.ts";
import { removeTree } from "../../remove-tree.ts";
import { processStart } from "./process-start.ts";
import { sweepOrphans } from "./running-list.ts";

/** The name of the folder, inside a data folder, that has the folders of the environments. */
export const ENVIRONMENTS_FOLDER = "environments";

const PREFIX = "longrun-engine";
const NAME = new RegExp(`^${PREFIX}-(\\d+)-(\\w+)-(\\w+)-\\w+$`);

/** The caller has to remove the folder. */
export async function makeTemporaryDataFolder(): Promise<string> {
  try {
    await removeAbandonedDataFolders();
    return await mkdtemp(join(tmpdir(), `${PREFIX}-${pid}-${startOf(pid) ?? "0"}-${processNamespace()}-`));
  } catch (error) {
    throw temporaryFolderRefused(tmpdir(), error);
  }
}

/** Removes the folders whose makers were killed, and ends the processes that those makers have left running. */
export async function removeAbandonedDataFolders(): Promise<void> {
  const parent = tmpdir();
  for (const name of await readdir(parent)) if (isAbandoned(name)) await removeOwn(join(parent, name));
}

/** A process id identifies a process only within its pid namespace, so the folder of a process in another container is left alone. */
function isAbandoned(name: string): boolean {
  const [, owner, start, namespace] = NAME.exec(name) ?? [];
  return owner !== undefined && namespace === processNamespace() && startOf(Number(owner)) !== start;
}

/** Does nothing if the folder belongs to another user, who could have made a folder with such a name. */
async function removeOwn(folder: string): Promise<void> {
  try {
    const { uid } = await lstat(folder);
    if (uid !== getuid?.()) return;
    await sweepOrphans(join(folder, ENVIRONMENTS_FOLDER));
    await removeTree(folder);
  } catch {
    return; // another process removes it at the same time
  }
}

const startOf = (processId: number): string | undefined =>
  processStart(processId)?.replaceAll(/[^0-9A-Za-z]/g, "_");

function processNamespace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid").replaceAll(/\D/g, "");
  } catch {
    return "0"; // a system without namespaces
  }
}
