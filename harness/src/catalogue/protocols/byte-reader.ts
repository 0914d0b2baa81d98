/** Reads numbers, texts and frames from bytes that may be cut off anywhere and may be hostile. A value that is not complete is null. */
import type { Said, SeenConnection } from "./protocol.ts";

export function joined(said: readonly Said[], from: Said["from"]): Uint8Array {
  const parts = said.filter((one) => one.from === from);
  const bytes = new Uint8Array(parts.reduce((sum, one) => sum + one.bytes.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part.bytes, at);
    at += part.bytes.length;
  }
  return bytes;
}

/** Returns the bytes that a side sent after the other side's last piece. */
export function joinedSinceAnswer(said: readonly Said[], from: Said["from"]): Uint8Array {
  return joined(said.slice(said.findLastIndex((one) => one.from !== from) + 1), from);
}

export function firstSpeaker(said: readonly Said[]): Said["from"] | null {
  return said.find(({ bytes }) => bytes.length > 0)?.from ?? null;
}

/** Null if there are too few bytes to decide. */
export function beginsWith(bytes: Uint8Array, start: readonly number[] | string): boolean | null {
  const expected = typeof start === "string" ? [...start].map((one) => one.charCodeAt(0)) : start;
  for (const [index, byte] of expected.entries()) {
    if (index >= bytes.length) return null;
    if (bytes[index] !== byte) return false;
  }
  return true;
}

export function includesBytes(bytes: Uint8Array, wanted: readonly number[]): boolean {
  return bytes.some((_, at) => wanted.every((byte, index) => bytes[at + index] === byte));
}

/** Reads an unsigned number of `length` bytes. Null if it is not complete. */
export function bigEndian(bytes: Uint8Array, at: number, length: number): number | null {
  if (at < 0 || at + length > bytes.length) return null;
  let value = 0;
  for (let index = at; index < at + length; index += 1) value = value * 256 + (bytes[index] ?? 0);
  return value;
}

/** Reads an unsigned number of `length` bytes. Null if it is not complete. */
export function littleEndian(bytes: Uint8Array, at: number, length: number): number | null {
  return bigEndian(bytes.slice(at, at + length).reverse(), 0, length);
}

/** Texts are logged, so their length is limited. Real codes, sentences and names are shorter. */
const TEXT_LENGTH_MAX = 256;

/** Returns one line of limited length. Bytes that are not UTF-8 become replacement characters. */
export function textOf(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes.subarray(0, 4 * TEXT_LENGTH_MAX));
  return text
    .replace(/\p{Cc}+/gu, " ")
    .trim()
    .slice(0, TEXT_LENGTH_MAX);
}

/** Reads a text that ends with a zero byte. `next` is the index after that byte. */
export function zeroEnded(
  bytes: Uint8Array,
  at: number,
): { readonly text: string; readonly next: number } | null {
  const end = bytes.indexOf(0, at);
  return end === -1 ? null : { text: textOf(bytes.subarray(at, end)), next: end + 1 };
}

/** Returns the length of the frame at `at`. Null if there are too few bytes to know it, `broken` if these bytes begin no frame. */
export type FrameLength = (bytes: Uint8Array, at: number) => number | "broken" | null;

export interface Frames {
  readonly frames: readonly Uint8Array[];
  /** `cut`: the bytes end inside a frame. `broken`: the bytes after the frames are not of this protocol. */
  readonly ends: "whole" | "cut" | "broken";
}

export function framesOf(bytes: Uint8Array, lengthAt: FrameLength, from = 0): Frames {
  const frames: Uint8Array[] = [];
  let at = from;
  while (at < bytes.length) {
    const length = lengthAt(bytes, at);
    if (length === "broken" || (length !== null && length < 1)) return { frames, ends: "broken" };
    if (length === null || at + length > bytes.length) return { frames, ends: "cut" };
    frames.push(bytes.subarray(at, at + length));
    at += length;
  }
  return { frames, ends: "whole" };
}

/** Returns the last frame that a side sent, or null if its last bytes are not a complete frame. */
export function lastFrame(
  { last }: SeenConnection,
  from: Said["from"],
  first: Frames,
  lengthAt: FrameLength,
): Uint8Array | null {
  const piece = last?.[from];
  const { frames, ends } = piece === undefined ? first : framesOf(piece, lengthAt);
  return ends === "whole" ? (frames.at(-1) ?? null) : null;
}
