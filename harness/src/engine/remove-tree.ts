/**
 * The one way in which the engine removes a folder. What a function leaves in it may be anything: read-only folders, folders nested deeper
 * than a path can be long, names that are no text. Never rejects. Returns null if everything is gone, else one line that says what is left
 * and why.
 */
import type { Dirent } from "node:fs";
import { chmod, lstat, readdir, rename, rm, rmdir, unlink } from "node:fs/promises";

/** A process that still ends may write while its folder is removed, so what is left is tried again. */
const TRIES = 3;

export async function removeTree(path: string): Promise<string | null> {
  try {
    await rm(path, { recursive: true, force: true });
    if (!(await exists(path))) return null;
  } catch {
    // `rm` stops at the first entry that it cannot remove.
  }
  const removal = new Removal(Buffer.from(path));
  for (let tries = 0; tries < TRIES; tries += 1) if (await removal.run()) return null;
  return `cannot be removed: ${path}: ${removal.problem}`;
}

class Removal {
  problem = "";
  readonly #top: Buffer;
  #moved = 0;

  constructor(top: Buffer) {
    this.#top = top;
  }

  /** Returns whether nothing is left. */
  async run(): Promise<boolean> {
    this.problem = "";
    const waiting = [this.#top];
    /** Folders that are empty unless something in them could not be removed; inner folders come last. */
    const emptied: Buffer[] = [];
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      emptied.push(folder);
      for (const entry of await this.#entries(folder)) {
        const file = inFolder(folder, entry.name);
        if (entry.isDirectory()) waiting.push(await this.#near(folder, file));
        else await this.#attempt(file, () => unlink(file));
      }
    }
    for (const folder of emptied.reverse()) await this.#attempt(folder, () => rmdir(folder));
    return !(await exists(this.#top));
  }

  /** Makes the folder writable and returns what it has. If the top is not a folder, removes it. */
  async #entries(folder: Buffer): Promise<readonly Dirent<Buffer>[]> {
    try {
      await chmod(folder, 0o700);
    } catch {
      // The folder belongs to another user; it may be removable all the same.
    }
    try {
      return await readdir(folder, { withFileTypes: true, encoding: "buffer" });
    } catch (error) {
      if (codeOf(error) === "ENOTDIR") await this.#attempt(folder, () => unlink(folder));
      else this.#note(folder, error);
      return [];
    }
  }

  /** Moves a nested folder to the top, so that no path becomes too long. A folder that cannot be moved stays where it is. */
  async #near(parent: Buffer, folder: Buffer): Promise<Buffer> {
    if (parent === this.#top) return folder;
    this.#moved += 1;
    const target = inFolder(this.#top, Buffer.from(`.removed-${this.#moved}`));
    try {
      // Only a folder that its owner may write to can be moved.
      await chmod(folder, 0o700);
      await rename(folder, target);
      return target;
    } catch {
      return folder;
    }
  }

  async #attempt(file: Buffer, remove: () => Promise<void>): Promise<void> {
    try {
      await remove();
    } catch (error) {
      this.#note(file, error);
    }
  }

  /** Keeps the first reason: those of the folders above follow from it. */
  #note(file: Buffer, error: unknown): void {
    const code = codeOf(error);
    if (code !== "ENOENT" && this.problem === "")
      this.problem = `${JSON.stringify(file.toString())}: ${code}`;
  }
}

const inFolder = (folder: Buffer, name: Buffer): Buffer => Buffer.concat([folder, Buffer.from("/"), name]);

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

async function exists(path: string | Buffer): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    return codeOf(error) !== "ENOENT";
  }
}
