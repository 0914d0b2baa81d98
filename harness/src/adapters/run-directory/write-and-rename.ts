/**
 * Writes a file completely or not at all: it is written under another name, flushed to the disk, and renamed. It is on the disk, under its
 * name, when this function returns.
 */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { flushFolder } from "./flush-folder.ts";

/** `flush` is the system call. A test gives one that records. */
export function writeAndRename(path: string, text: string, flush: (file: number) => void = fsyncSync): void {
  const temporary = `${path}.tmp`;
  try {
    // A file that a killed process left is removed, so that nothing is written through a link of this name.
    rmSync(temporary, { force: true });
    const file = openSync(temporary, "wx");
    try {
      writeFileSync(file, text);
      flush(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
    flushFolder(dirname(path), flush);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
