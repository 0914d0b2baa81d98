/** Passes bytes to a function in pieces of the given sizes; the remaining bytes are the last piece. */
import fc from "fast-check";

export const PIECE_SIZES = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 40 });

export function inPieces(bytes: Buffer, sizes: readonly number[], push: (chunk: Buffer) => void): void {
  let offset = 0;
  for (const size of sizes) {
    if (offset >= bytes.length) break;
    push(bytes.subarray(offset, offset + size));
    offset += size;
  }
  if (offset < bytes.length) push(bytes.subarray(offset));
}
