/**
 * A folder that can be filled up, because it has its own file system (tmpfs, which only root may mount). `make chaos` makes other users root
 * in a user namespace. Where that is not allowed, it is a plain folder.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const SIZE = "64m";
const FILLER = "of-somebody-else";
/** How many blocks stay free on a full disk. */
const LEFT_BLOCKS = 2;

export class SmallDisk {
  readonly folder: string;
  readonly mounted: boolean;

  constructor(folder: string) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.mounted = mount(folder);
  }

  /** Returns false if the folder has no file system of its own. */
  fill(): boolean {
    if (!this.mounted) return false;
    const { bavail, bsize } = statfsSync(this.folder);
    try {
      writeFileSync(join(this.folder, FILLER), Buffer.alloc(Math.max(0, bavail - LEFT_BLOCKS) * bsize));
    } catch (error) {
      // The processes of the run wrote at the same time, so the disk is full already.
      if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
    }
    return true;
  }

  free(): void {
    rmSync(join(this.folder, FILLER), { force: true });
  }

  close(): void {
    // The lazy unmount succeeds even if a process still has a file open.
    if (this.mounted) execFileSync("umount", ["-l", this.folder]);
  }
}

function mount(folder: string): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${SIZE}`, "longrun-chaos", folder], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}
