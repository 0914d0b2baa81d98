/**
 * Makes the content of a file, or the names in a folder, survive a power loss. A file that was made, renamed or removed stays so only if its
 * folder was flushed too.
 */
import { type FileHandle, open } from "node:fs/promises";

/** The system call. A test gives one that records. */
export type Flush = (file: FileHandle) => Promise<void>;

export const flushFile: Flush = (file) => file.sync();

export async function flushFolder(folder: string, flush: Flush = flushFile): Promise<void> {
  const file = await open(folder, "r");
  try {
    await flush(file);
  } catch (error) {
    // A file system that cannot do this for folders.
    if ((error as NodeJS.ErrnoException).code !== "EINVAL") throw error;
  } finally {
    await file.close();
  }
}

/** Writes a file that is replaced by nobody until it is complete, and flushes it. */
export async function writeFlushed(
  path: string,
  content: string | Uint8Array,
  { mode, flush = flushFile }: { readonly mode: number; readonly flush?: Flush | undefined },
): Promise<void> {
  const file = await open(path, "w", mode);
  try {
    await file.writeFile(content);
    await flush(file);
  } finally {
    await file.close();
  }
}
