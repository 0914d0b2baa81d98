/**
 * Divides log files into ranges of bytes. Threads skim these ranges: they find the lines that a judgement must read. The beginning of each
 * file is left to the main thread, which recognises the form of the file.
 */

/** A file as it was when the reading began. */
export interface KnownFile {
  readonly path: string;
  readonly size: number;
  readonly dev: number;
  readonly ino: number;
}

export interface PlannedFile extends KnownFile {
  /** The file has the ranges from `firstRange` to `endRange` (excluded). The ranges of all files are numbered together, from 0. */
  readonly firstRange: number;
  readonly endRange: number;
}

export interface RangeSizes {
  /** The bytes at the beginning of each file that belong to no range. */
  readonly headBytes: number;
  readonly pieceBytes: number;
}

export function planRanges(
  files: readonly KnownFile[],
  { headBytes, pieceBytes }: RangeSizes,
): readonly PlannedFile[] {
  let next = 0;
  return files.map((file) => {
    const firstRange = next;
    next += Math.max(0, Math.ceil((file.size - headBytes) / pieceBytes));
    return { ...file, firstRange, endRange: next };
  });
}

export function rangeOf(
  file: PlannedFile,
  range: number,
  { headBytes, pieceBytes }: RangeSizes,
): { readonly from: number; readonly bytes: number } {
  const from = headBytes + (range - file.firstRange) * pieceBytes;
  return { from, bytes: Math.min(pieceBytes, file.size - from) };
}
