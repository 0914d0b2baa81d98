/** A text as a number to sort and join by: 52 bits of its hash, so that a million texts share none. */
import { createHash } from "node:crypto";

export function textKey(text: string): number {
  const bytes = createHash("sha1").update(text).digest();
  return bytes.readUIntBE(0, 6) * 16 + (bytes.readUInt8(6) >>> 4);
}
