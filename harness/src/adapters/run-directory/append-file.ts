/**
 * A file that only grows, by whole lines. A line is in the operating system's hands when `append` returns, so it
 * survives the death of this process; one that could not be written whole is taken back.
 */
import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from "node:fs";

export interface AppendFile {
  append(text: string): void;
  /** Bytes in it. */
  length(): number;
  /** Waits for the disk: survives the death of the machine too. */
  flush(): void;
  close(): void;
}

export function openAppendFile(path: string): AppendFile {
  const file = openSync(path, "a+");
  let length = withoutTornLine(file);
  return {
    append: (text) => {
      const bytes = Buffer.from(text, "utf8");
      let written = 0;
      try {
        while (written < bytes.length) written += writeSync(file, bytes, written);
      } catch (error) {
        // Half a line in the middle of the file would spoil the next one as well.
        if (written > 0) ftruncateSync(file, length);
        throw error;
      }
      length += written;
    },
    length: () => length,
    flush: () => fsyncSync(file),
    close: () => closeSync(file),
  };
}

/** A process that was killed in mid-write leaves half a line, which nobody was told about: it is cut off. */
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
