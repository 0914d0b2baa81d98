/** Finds a text by its name in a table of AMQP 0-9-1. A table is a length, and then names with typed values. */
import { bigEndian, textOf } from "./byte-reader.ts";

/** Types whose values have a fixed size in bytes. */
const FIXED: Readonly<Record<string, number>> = {
  V: 0,
  t: 1,
  b: 1,
  B: 1,
  s: 2,
  u: 2,
  I: 4,
  i: 4,
  f: 4,
  D: 5,
  L: 8,
  l: 8,
  d: 8,
  T: 8,
};
/** Types of values that begin with a length of four bytes. */
const LONG: ReadonlySet<string> = new Set(["S", "x", "A", "F"]);

export function fieldOf(bytes: Uint8Array, at: number, name: string): string | null {
  const length = bigEndian(bytes, at, 4);
  if (length === null) return null;
  const end = Math.min(bytes.length, at + 4 + length);
  let next = at + 4;
  while (next < end) {
    const nameEnd = next + 1 + (bytes[next] ?? 0);
    const type = String.fromCharCode(bytes[nameEnd] ?? 0);
    const from = nameEnd + 1;
    const size = LONG.has(type) ? bigEndian(bytes, from, 4) : (FIXED[type] ?? null);
    if (size === null) return null;
    const to = from + (LONG.has(type) ? 4 : 0) + size;
    if (to > end) return null;
    if (type === "S" && textOf(bytes.subarray(next + 1, nameEnd)) === name)
      return textOf(bytes.subarray(from + 4, to));
    next = to;
  }
  return null;
}
