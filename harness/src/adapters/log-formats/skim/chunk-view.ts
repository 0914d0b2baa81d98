/**
 * A chunk of a log as its readers look at it: four bytes at a time wherever possible, since looking at each byte of a log costs more than
 * reading it from the disk. Only whole lines are looked at, and every loop stops at a newline: no look leaves the lines.
 */
export interface ChunkView {
  readonly chunk: Buffer;
  /** The same bytes; an element of a plain array is read faster than one of a Buffer. */
  readonly bytes: Uint8Array;
  /** The same as words, the lowest byte first; the first word begins `shift` bytes before the chunk does. */
  readonly words: Int32Array;
  readonly shift: number;
  /** Behind the last newline that lies in a whole word; 0: there is none. */
  readonly end: number;
}

export const NEWLINE = 0x0a;
export const RETURN = 0x0d;
export const TAB = 0x09;
export const SPACE = 0x20;
export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;

/** Where the lowest byte does not come first nothing of this holds, and every line is read in full. */
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
 * The next byte from here on that a JSON string gives a meaning: a quote, a backslash or a control character (a newline is one).
 *
 * In all four bytes of a word at once: 1 taken from each byte of `word ^ quotes` borrows into the highest bit of a byte that was a quote, and
 * 0x20 taken from each byte of `word` into that of a control character. Bytes above 0x7f have this bit by themselves and are left
 * out. A borrow may show in the byte after a found one too, never before: the lowest is right.
 */
export function plainEnd({ words, shift }: ChunkView, from: number): number {
  let index = (from + shift) >> 2;
  const looked = -1 << (((from + shift) & 3) << 3);
  // What of the word lies before `from` is taken for letters.
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
