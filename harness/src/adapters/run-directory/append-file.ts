/** A file to which complete lines are appended. A line is kept if this process dies after `append`. A partly written line is removed. */
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { flushFolder } from "./flush-folder.ts";

export interface AppendFile {
  append(text: string): void;
  length(): number;
  /** Writes to the disk, so that the lines are kept if the machine fails. */
  flush(): void;
  close(): void;
}

/** `flush` is the system call. A test gives one that records. */
export function openAppendFile(path: string, flush: (file: number) => void = fsyncSync): AppendFile {
  const file = openSync(path, "a+");
  let length = withoutTornLine(file);
  let named = length > 0;
  return {
    append: (text) => {
      const bytes = Buffer.from(text, "utf8");
      let written = 0;
      try {
        while (written < bytes.length) written += writeSync(file, bytes, written);
      } catch (error) {
        // Half a line in the middle of the file would make the next line unreadable too.
        if (written > 0) ftruncateSync(file, length);
        throw error;
      }
      length += written;
    },
    length: () => length,
    flush: () => {
      flush(file);
      if (!named) flushFolder(dirname(path), flush);
      named = true;
    },
    close: () => closeSync(file),
  };
}

/** Cuts off an incomplete line that a killed process may have left at the end. `append` never returned for such a line. */
function withoutTornLine(file: number): number {
  const { size } = fstatSync(file);
  const block = Buffer.alloc(65_536);
  for (let end = size; end > 0; end -= block.length) {
    const start = Math.max(0, end - block.length);
    const count = readSync(file, block, 0, end - start, start);
    const newline = block.subarray(0, count).lastIndexOf(0x0a);
    if (newline !== -1) return cutTo(file, start + newline + 1, size);
  }
  return cutTo(file, 0, size);
}

function cutTo(file: number, length: number, size: number): number {
  if (length < size) ftruncateSync(file, length);
  return length;
}
