/**
 * Columns of numbers in few bytes. Each number is stored as its difference from the one above it, in pieces of 7 bits. The numbers and their
 * differences are below 2 ** 31.
 */
export interface Columns {
  readonly timestamps: Int32Array;
  readonly offsets: Uint32Array;
  readonly streams: Uint16Array;
}

const NAMES = ["timestamps", "offsets", "streams"] as const;
/** A number of 32 bits has at most five pieces. */
const NUMBER_BYTES_MAX = 5;

export function emptyColumns(rows: number): Columns {
  return {
    timestamps: new Int32Array(rows),
    offsets: new Uint32Array(rows),
    streams: new Uint16Array(rows),
  };
}

export function packColumns(columns: Columns, rows: number): Uint8Array {
  const bytes = new Uint8Array(rows * NAMES.length * NUMBER_BYTES_MAX);
  let end = 0;
  for (const name of NAMES) {
    const column = columns[name];
    let above = 0;
    for (let row = 0; row < rows; row += 1) {
      const number = column[row] ?? 0;
      const difference = (number - above) | 0;
      above = number;
      // Small differences become small numbers, also if they are negative.
      let left = ((difference << 1) ^ (difference >> 31)) >>> 0;
      for (; left > 127; left >>>= 7) bytes[end++] = (left & 127) | 128;
      bytes[end++] = left;
    }
  }
  return bytes.slice(0, end);
}

export function unpackColumns(bytes: Uint8Array, rows: number): Columns {
  const columns = emptyColumns(rows);
  let at = 0;
  for (const name of NAMES) {
    const column = columns[name];
    let above = 0;
    for (let row = 0; row < rows; row += 1) {
      let stored = 0;
      for (let shift = 0; ; shift += 7) {
        const piece = bytes[at++] ?? 0;
        stored |= (piece & 127) << shift;
        if (piece < 128) break;
      }
      above += (stored >>> 1) ^ -(stored & 1);
      column[row] = above;
    }
  }
  return columns;
}
