/**
 * A chunk of a log. Readers examine complete lines only, and four bytes at a time where possible, which is faster. Every loop stops at a
 * newline, so no loop reads beyond the last complete line.
 */
export interface ChunkView {
  readonly chunk: Buffer;
  /** The same bytes as a plain array, because its elements are read faster than those of a Buffer. */
  readonly bytes: Uint8Array;
  /** The same bytes as little-endian words of four bytes. The first word begins `shift` bytes before the chunk. */
  readonly words: Int32Array;
  readonly shift: number;
  /** The position after the last newline that lies in a complete word. 0 if there is none. */
  readonly end: number;
}

export const NEWLINE = 0x0a;
export const RETURN = 0x0d;
export const TAB = 0x09;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;

/** Whether this machine is little-endian. If it is not, no line is skimmed, and every line is read in full. */
export const LOWEST_BYTE_FIRST = new Uint8Array(Int32Array.of(1).buffer)[0] === 1;

export function chunkView(chunk: Buffer): ChunkView {
  const { buffer, byteOffset, length } = chunk;
  const shift = byteOffset & 3;
  const words = new Int32Array(buffer, byteOffset - shift, (shift + length) >> 2);
  const whole = Math.max(0, words.length * 4 - shift);
  return {
    chunk,
    bytes: new Uint8Array(buffer, byteOffset, length),
    words,
    shift,
    end: whole === 0 ? 0 : chunk.lastIndexOf(NEWLINE, whole - 1) + 1,
  };
}

/**
 * Returns the position of the next quote, backslash or control character (such as a newline) at `from` or later.
 *
 * It tests all four bytes of a word at once. In `word ^ quotes` a quote is 0, so subtracting 1 sets the highest bit of that byte.
 * Subtracting 0x20 does the same with a control character. Bytes above 0x7f have this bit anyway, so they are excluded. The subtraction in
 * a found byte borrows from the next byte, which can then be found wrongly. So only the lowest found byte is certain, and only it is used.
 */
export function plainEnd({ words, shift }: ChunkView, from: number): number {
  let index = (from + shift) >> 2;
  const looked = -1 << (((from + shift) & 3) << 3);
  // The bytes of the word that lie before `from` are replaced by letters, so that they are not found.
  let word = ((words[index] as number) & looked) | (0x61616161 & ~looked);
  for (;;) {
    const found =
      (((word ^ 0x22222222) - 0x01010101) | ((word ^ 0x5c5c5c5c) - 0x01010101) | (word - 0x20202020)) &
      ~word &
      0x80808080;
    if (found !== 0) return (index << 2) - shift + ((31 - Math.clz32(found & -found)) >> 3);
    index += 1;
    if (index >= words.length) return (index << 2) - shift;
    word = words[index] as number;
  }
}

export function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
