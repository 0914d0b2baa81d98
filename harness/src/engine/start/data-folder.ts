/**
 * The engine's data folder, used by one live engine at a time. The lock names its owner's process id and start time. If the owner was killed,
 * a new engine can therefore take the lock, even if another process now has that process id.
 */
import { randomUUID } from "node:crypto";
import { link, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pid } from "node:process";
import { LongrunError } from "../../domain/errors.ts";
import { processStart } from "../process/running/process-start.ts";
import { makeTemporaryDataFolder } from "../process/running/temporary-data-folder.ts";

export interface DataFolder {
  readonly path: string;
  /** Releases the folder; a temporary one is removed. */
  release(): Promise<void>;
}

const LOCK = "engine.lock";

/** If `path` is null, makes a temporary folder, which `release` removes. */
export async function openDataFolder(path: string | null): Promise<DataFolder> {
  if (path === null) {
    const folder = await makeTemporaryDataFolder();
    return { path: folder, release: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }) };
  }
  const folder = resolve(path);
  try {
    await mkdir(folder, { recursive: true });
    await lock(folder);
  } catch (error) {
    if (error instanceof LongrunError) throw error;
    throw new LongrunError(
      "unavailable",
      `The data folder ${folder} cannot be used: ${(error as Error).message}`,
      { cause: error },
    );
  }
  return { path: folder, release: () => rm(join(folder, LOCK), { force: true }) };
}

async function lock(folder: string): Promise<void> {
  const path = join(folder, LOCK);
  const mine = JSON.stringify({ processId: pid, start: processStart(pid), nonce: randomUUID() });
  const draft = join(folder, `${LOCK}.${randomUUID()}`);
  await writeFile(draft, mine);
  try {
    // A hard link is made atomically, and never replaces an existing file.
    for (let attempt = 0; attempt < 100; attempt += 1) {
      const made = await link(draft, path).then(() => true, isTaken);
      if (made) return;
      await refuseLivingOwner(folder, path);
    }
    throw new LongrunError(
      "unavailable",
      `The lock of the data folder ${folder} cannot be taken: other engines keep taking it.`,
    );
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Throws if the lock's owner lives, else removes the lock. If another engine took the lock between these two steps, its lock is put back.
 */
async function refuseLivingOwner(folder: string, path: string): Promise<void> {
  const held = await readFile(path, "utf8").catch(() => null);
  if (held === null) return;
  const owner = livingOwner(held);
  if (owner !== null) {
    throw new LongrunError(
      "unavailable",
      `The data folder ${folder} is in use by another engine, process ${owner}.`,
      {
        hint: "End that engine, or give this one a data folder of its own.",
      },
    );
  }
  const aside = join(folder, `${LOCK}.${randomUUID()}`);
  await rename(path, aside).catch(() => undefined);
  const moved = await readFile(aside, "utf8").catch(() => null);
  if (moved !== null && moved !== held) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
}

function livingOwner(lockText: string): number | null {
  try {
    const { processId, start } = JSON.parse(lockText) as { processId: unknown; start: unknown };
    if (typeof processId !== "number") return null;
    const running = processStart(processId);
    return running !== null && running === start ? processId : null;
  } catch {
    return null;
  }
}

function isTaken(error: NodeJS.ErrnoException): boolean {
  if (error.code === "EEXIST") return false;
  throw error;
}
