/** Reads MQTT's lengths, and the reason string in the properties of version 5. */
import { bigEndian, textOf } from "./byte-reader.ts";

const REASON_STRING = 0x1f;
const USER_PROPERTY = 0x26;
const LENGTH_BYTES_MAX = 4;

/** A length has one to four bytes with seven bits each, the least significant first. Null: cut off. `broken`: longer than four bytes. */
export function remainingLength(
  bytes: Uint8Array,
  at: number,
): { readonly value: number; readonly next: number } | "broken" | null {
  let value = 0;
  for (let index = 0; index < LENGTH_BYTES_MAX; index += 1) {
    const byte = bytes[at + index];
    if (byte === undefined) return null;
    value += (byte & 0x7f) * 128 ** index;
    if (byte < 0x80) return { value, next: at + index + 1 };
  }
  return "broken";
}

/** Sizes in bytes by identifier. All other properties begin with their length. */
const FIXED: Readonly<Record<number, number>> = {
  0x11: 4,
  0x13: 2,
  0x21: 2,
  0x22: 2,
  0x24: 1,
  0x25: 1,
  0x27: 4,
  0x28: 1,
  0x29: 1,
  0x2a: 1,
};
const TEXTS: ReadonlySet<number> = new Set([0x12, 0x15, 0x16, 0x1a, 0x1c, REASON_STRING]);

export function reasonString(packet: Uint8Array, at: number): string | null {
  const length = remainingLength(packet, at);
  if (length === null || length === "broken") return null;
  const end = Math.min(packet.length, length.next + length.value);
  let next = length.next;
  while (next < end) {
    const identifier = packet[next] ?? 0;
    const size = sizeOf(packet, identifier, next + 1);
    if (size === null) return null;
    if (identifier === REASON_STRING) return textOf(packet.subarray(next + 3, next + 1 + size));
    next += 1 + size;
  }
  return null;
}

function sizeOf(packet: Uint8Array, identifier: number, at: number): number | null {
  const fixed = FIXED[identifier];
  if (fixed !== undefined) return fixed;
  const first = bigEndian(packet, at, 2);
  if (first === null) return null;
  if (TEXTS.has(identifier)) return 2 + first;
  const second = identifier === USER_PROPERTY ? bigEndian(packet, at + 2 + first, 2) : null;
  return second === null ? null : 4 + first + second;
}
