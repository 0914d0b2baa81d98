/**
 * Reads a file that the user named in a flag. It may be a link or a pipe, such as `<(command)`. Throws an error with the code EISDIR for a
 * folder and EFBIG for a file without an end.
 */
import { closeSync, openSync, readSync } from "node:fs";

export const GIVEN_BYTES_MAX = 64 << 20;
const PIECE = 1 << 16;

export function readGivenFile(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const pieces: Buffer[] = [];
    let length = 0;
    for (;;) {
      const piece = Buffer.allocUnsafe(PIECE);
      const count = readSync(file, piece);
      if (count === 0) return Buffer.concat(pieces);
      pieces.push(piece.subarray(0, count));
      length += count;
      if (length > GIVEN_BYTES_MAX) throw Object.assign(new Error(`${path} is too long`), { code: "EFBIG" });
    }
  } finally {
    closeSync(file);
  }
}

export function readGivenText(path: string): string {
  return readGivenFile(path).toString("utf8");
}
