/**
 * The engine's data folder, used by one live engine at a time. A lock file in it contains the process id and the start time of its owner, the
 * engine that uses the folder. If the owner was killed, a new engine can therefore take the lock, even if another process now has that
 * process id.
 */
import { createHash, randomUUID } from "node:crypto";
import { link, mkdir, readdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { pid } from "node:process";
import { LongrunError, notAvailable } from "../../base/errors.ts";
import { parseJsonObject } from "../../base/json-object.ts";
import { flushFolder } from "../flush-to-disk.ts";
import { makePrivateFolder, PRIVATE_FILE } from "../private-folder.ts";
import { removeTree } from "../remove-tree.ts";
import { processStart } from "../process/running/process-start.ts";
import { ENVIRONMENTS_FOLDER, makeTemporaryDataFolder } from "../process/running/temporary-data-folder.ts";

export interface DataFolder {
  readonly path: string;
  /** Returns what is left and why, as one line; null if nothing is. */
  release(): Promise<string | null>;
}

const LOCK = "engine.lock";
export const DATA_FOLDERS = { code: "code", functions: "functions", layers: "layers", logs: "logs" } as const;
const OURS: ReadonlySet<string> = new Set([...Object.values(DATA_FOLDERS), ENVIRONMENTS_FOLDER]);
const isOurs = (name: string): boolean => OURS.has(name) || name.startsWith(LOCK);

/** If `path` is null, the folder is temporary, and `release` removes it. */
export async function openDataFolder(path: string | null): Promise<DataFolder> {
  if (path === null) {
    const folder = await makeTemporaryDataFolder();
    return { path: folder, release: () => removeTree(folder) };
  }
  const folder = resolve(path);
  try {
    const made = await mkdir(folder, { recursive: true });
    if (made !== undefined) await flushParents(folder, made);
    // A folder that also has other data keeps its mode; the folders in it that hold the engine's data are private (private-folder.ts).
    if ((await readdir(folder)).every(isOurs)) makePrivateFolder(folder);
    await lock(folder, join(folder, LOCK));
  } catch (error) {
    if (error instanceof LongrunError) throw error;
    throw notAvailable(`The data folder ${folder} cannot be used: ${(error as Error).message}`, {
      cause: error,
    });
  }
  return { path: folder, release: () => removeTree(join(folder, LOCK)) };
}

/** A folder that was just made survives a power loss only if it is in its parent on the disk. `first` is the first folder that was made. */
async function flushParents(folder: string, first: string): Promise<void> {
  for (let made = folder; made.length >= first.length; made = dirname(made)) await flushFolder(dirname(made));
}

/**
 * Creates the lock `path`, or takes it over from an owner that is dead. Throws if the owner lives. A draft that cannot be removed stays: nobody
 * reads it.
 */
async function lock(folder: string, path: string): Promise<void> {
  const mine = JSON.stringify({ processId: pid, start: processStart(pid), nonce: randomUUID() });
  const draft = join(folder, `${LOCK}.${randomUUID()}`);
  await writeFile(draft, mine, { mode: PRIVATE_FILE });
  try {
    // A hard link is made atomically, and never replaces an existing file.
    while (!(await link(draft, path).then(() => true, isTaken))) {
      const held = await readIfThere(path);
      if (held === null) continue;
      refuseLivingOwner(folder, held);
      if (await replace(folder, path, { held, draft })) return;
    }
  } finally {
    await removeTree(draft);
  }
}

/**
 * Replaces the lock of a dead owner. Another engine may have replaced that lock after this engine read it. So this engine first takes a
 * second lock, which gives the right to replace the dead owner's lock. The name of the second lock is made from the content of the dead
 * owner's lock. While this engine has the second lock, nobody else changes the dead owner's lock. Returns false if the dead owner's lock was
 * already replaced.
 */
async function replace(
  folder: string,
  path: string,
  { held, draft }: { readonly held: string; readonly draft: string },
): Promise<boolean> {
  const right = `${path}.${createHash("sha256").update(held).digest("hex").slice(0, 16)}`;
  await lock(folder, right);
  try {
    const unchanged = (await readIfThere(path)) === held;
    if (unchanged) await rename(draft, path);
    return unchanged;
  } finally {
    await removeTree(right);
  }
}

async function readIfThere(path: string): Promise<string | null> {
  return await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
}

function refuseLivingOwner(folder: string, held: string): void {
  const owner = livingOwner(held);
  if (owner === null) return;
  throw notAvailable(`The data folder ${folder} is in use by another engine, process ${owner}.`, {
    hint: "End that engine, or give this one a data folder of its own.",
  });
}

/** Returns null for a text of another form: its writer was killed while it wrote. */
function livingOwner(lockText: string): number | null {
  const { processId, start } = parseJsonObject(lockText) ?? {};
  if (typeof processId !== "number") return null;
  const running = processStart(processId);
  return running !== null && running === start ? processId : null;
}

function isTaken(error: NodeJS.ErrnoException): boolean {
  if (error.code === "EEXIST") return false;
  throw error;
}
