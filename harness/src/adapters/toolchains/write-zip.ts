/**
 * Writes a zip. The library yazl, which wrote it before, starts the compression of all files at once and looks at all of them again for
 * each file, so 60,000 files take minutes. Format: APPNOTE.TXT 6.3.10, https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
import { promisify } from "node:util";
import { crc32, deflateRaw, deflateRawSync } from "node:zlib";

export interface ZipEntry {
  /** The name of a folder ends in a slash. */
  readonly name: string;
  readonly contents: Uint8Array;
  /** What `stat` shows: the kind of file and its permissions. */
  readonly mode: number;
}

/** Other work goes on while a larger file is compressed. */
const AT_ONCE_MAX = 1 << 16;
const VERSION = 20;
const VERSION_OF_ZIP64 = 45;
const UNIX = 3 << 8;
const NAMES_ARE_UTF8 = 1 << 11;
const DEFLATED = 8;
/** The date 1980-01-01 without a time, so that the same files always give the same bytes. */
const NO_TIME = [0, 2, 0x21, 2] as const;
const IN_ZIP64 = 0xffff_ffff;
const deflated = promisify(deflateRaw);

export async function writeZip(entries: Iterable<ZipEntry>): Promise<Uint8Array> {
  const files: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, contents, mode } of entries) {
    const packed = contents.length <= AT_ONCE_MAX ? deflateRawSync(contents) : await deflated(contents);
    const nameBytes = Buffer.from(name);
    const common = numbers(
      ...[VERSION, 2, NAMES_ARE_UTF8, 2, DEFLATED, 2, ...NO_TIME],
      ...[crc32(contents), 4, packed.length, 4, contents.length, 4, nameBytes.length, 2, 0, 2],
    );
    files.push(numbers(0x0403_4b50, 4), common, nameBytes, packed);
    directory.push(numbers(0x0201_4b50, 4, UNIX | VERSION, 2), common);
    directory.push(numbers(0, 2, 0, 2, 0, 2, (mode << 16) >>> 0, 4, offset, 4), nameBytes);
    offset += 4 + common.length + nameBytes.length + packed.length;
    if (offset > IN_ZIP64) throw Object.assign(new Error("the zip is too long"), { code: "EFBIG" });
  }
  const count = directory.length / 4;
  const size = directory.reduce((sum, piece) => sum + piece.length, 0);
  return Buffer.concat([...files, ...directory, ...end(count, size, offset)]);
}

function end(count: number, size: number, offset: number): readonly Uint8Array[] {
  const short = numbers(0x0605_4b50, 4, 0, 2, 0, 2);
  if (count < 0xffff) return [short, numbers(count, 2, count, 2, size, 4, offset, 4, 0, 2)];
  const long = numbers(
    ...[0x0606_4b50, 4, 44, 8, UNIX | VERSION_OF_ZIP64, 2, VERSION_OF_ZIP64, 2, 0, 4, 0, 4],
    ...[count, 8, count, 8, size, 8, offset, 8],
  );
  const locator = numbers(0x0706_4b50, 4, 0, 4, offset + size, 8, 1, 4);
  return [long, locator, short, numbers(0xffff, 2, 0xffff, 2, IN_ZIP64, 4, IN_ZIP64, 4, 0, 2)];
}

/** Takes pairs of a number and how many bytes it has. */
function numbers(...pairs: readonly number[]): Buffer {
  const sizes = pairs.filter((_, index) => index % 2 === 1);
  const bytes = Buffer.alloc(sizes.reduce((sum, size) => sum + size, 0));
  let at = 0;
  sizes.forEach((size, index) => {
    const number = pairs[2 * index] ?? 0;
    bytes.writeUIntLE(number, at, Math.min(size, 6));
    at += size;
  });
  return bytes;
}
