/** Reads epoch milliseconds as JSON writes them: today they have 13 digits, and the first digit is not 0. */
import { isDigit, type ChunkView } from "./chunk-view.ts";

export const TIME_DIGITS = 13;
const ZERO = 0x30;

export function isTimeAt(view: ChunkView, at: number): boolean {
  return (
    view.bytes[at] !== ZERO &&
    areDigits(wordAt(view, at)) &&
    areDigits(wordAt(view, at + 4)) &&
    areDigits(wordAt(view, at + 8)) &&
    isDigit(view.bytes[at + 12])
  );
}

/** Valid only if `isTimeAt` is true for this position. */
export function timeAtDigits(view: ChunkView, at: number): number {
  const seconds = numberOf(wordAt(view, at)) * 10_000 + numberOf(wordAt(view, at + 4));
  return seconds * 100_000 + numberOf(wordAt(view, at + 8)) * 10 + (view.bytes[at + 12] as number) - ZERO;
}

/** The first byte is the lowest byte of the word. */
function wordAt({ words, shift }: ChunkView, at: number): number {
  const index = (at + shift) >> 2;
  const bits = ((at + shift) & 3) << 3;
  const word = words[index] as number;
  return bits === 0 ? word : (word >>> bits) | ((words[index + 1] as number) << (32 - bits));
}

/** Subtracting 0x30 sets the highest bit of a byte below 0x30, and adding 0x46 sets it in a byte above 0x39. */
function areDigits(word: number): boolean {
  return ((word | (word - 0x30303030) | (word + 0x46464646)) & 0x80808080) === 0;
}

/** First each pair of digits becomes a number, then the two pairs become one number. */
function numberOf(word: number): number {
  const digits = word & 0x0f0f0f0f;
  const pairs = (digits * 10 + (digits >>> 8)) & 0x00ff00ff;
  return (pairs & 0xff) * 100 + (pairs >>> 16);
}
