/**
 * Unpacks a deployment package into a folder of its own. No path leaves the folder, and no link points outside it. No package grows beyond Lambda's
 * 250 MB, whatever its headers say. Executable bits are kept.
 */
import { closeSync, fchmodSync, mkdirSync, openSync, writeSync } from "node:fs";
import { mkdir, realpath, rm, symlink } from "node:fs/promises";
import { dirname, join, posix, sep } from "node:path";
import { inflateRawSync } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { isMachineFault } from "../../machine-fault.ts";
import { LambdaError, invalidParameter } from "../../request-validation/lambda-error.ts";

export const UNZIPPED_BYTES_MAX = 262_144_000;
const ENTRIES_MAX = 100_000;
const LINK_TARGET_BYTES_MAX = 4_096;
/** Other work goes on while a larger file is unpacked. */
const AT_ONCE_MAX = 1 << 16;
const DEFLATED = 8;
const FILE_TYPE_MASK = 0o170000;
const SYMBOLIC_LINK = 0o120000;
const ANY_EXECUTABLE = 0o111;

/** Resolves with the total size of the unpacked files. */
export async function unpackPackage(zip: Buffer, folder: string): Promise<number> {
  try {
    return await unpack(zip, folder);
  } catch (error) {
    if (error instanceof LambdaError) throw error;
    if (isMachineFault(error)) throw error;
    throw notReadableError();
  }
}

async function unpack(zip: Buffer, folder: string): Promise<number> {
  // The library is loaded only for the first package, so that the engine starts faster.
  const { fromBufferPromise } = await import("yauzl");
  const file: ZipFile = await fromBufferPromise(zip, {
    lazyEntries: true,
    strictFileNames: true,
    validateEntrySizes: true,
  });
  const links: { path: string; target: string }[] = [];
  let bytes = 0;
  let entries = 0;
  const count = (length: number): void => {
    bytes += length;
    if (bytes > UNZIPPED_BYTES_MAX) throw tooLarge();
  };
  await mkdir(folder, { recursive: true });
  const made = new Set([folder]);
  const makeFolder = (path: string): void => {
    if (!made.has(path)) mkdirSync(path, { recursive: true });
    made.add(path);
  };
  for await (const entry of file.eachEntry()) {
    entries += 1;
    if (entries > ENTRIES_MAX) throw notReadableError();
    if (entry.uncompressedSize > UNZIPPED_BYTES_MAX) throw tooLarge();
    const path = join(folder, entry.fileName);
    if (path !== folder && !path.startsWith(folder + sep)) throw notReadableError();
    if (entry.fileName.endsWith("/")) {
      makeFolder(path);
    } else if (((entry.externalFileAttributes >>> 16) & FILE_TYPE_MASK) === SYMBOLIC_LINK) {
      links.push({ path, target: await linkTarget(zip, file, entry) });
    } else {
      makeFolder(dirname(path));
      await writeEntry(path, entry, { pieces: await piecesOf(zip, file, entry), count });
    }
  }
  // AWS's message, as users of Terraform and CDK quote it in public issues (no recording).
  if (entries === 0) throw invalidParameter("Uploaded file must be a non-empty zip");
  // Links are made last, so that no file is written through a link. The link with the longest path is made first. A path that leads through
  // another link is longer than the path of that link, so no link is made through another link either.
  links.sort((one, other) => other.path.length - one.path.length);
  for (const link of links) await makeLink(folder, link);
  for (const link of links) await checkLink(folder, link.path);
  return bytes;
}

async function writeEntry(
  path: string,
  entry: Entry,
  contents: { readonly pieces: Pieces; readonly count: (length: number) => void },
): Promise<void> {
  const mode = ((entry.externalFileAttributes >>> 16) & ANY_EXECUTABLE) === 0 ? 0o644 : 0o755;
  // A call to the thread pool for each file takes most of the time of a package with many small files.
  const descriptor = openSync(path, "wx", mode);
  try {
    for await (const piece of contents.pieces) {
      contents.count(piece.length);
      for (let done = 0; done < piece.length;) done += writeSync(descriptor, piece, done);
    }
    // The umask does not hold for a package.
    fchmodSync(descriptor, mode);
  } finally {
    closeSync(descriptor);
  }
}

type Pieces = Iterable<Buffer> | AsyncIterable<Buffer>;

/** The library opens a stream for each file, which takes longer than to unpack a small file. */
async function piecesOf(zip: Buffer, file: ZipFile, entry: Entry): Promise<Pieces> {
  const { compressedSize, uncompressedSize } = entry;
  const isSmall = Math.max(compressedSize, uncompressedSize) <= AT_ONCE_MAX;
  if (!isSmall || entry.compressionMethod !== DEFLATED || entry.isEncrypted())
    return file.openReadStreamPromise(entry);
  const { fileDataStart } = await file.readLocalFileHeaderPromise(entry, { minimal: true });
  const packed = zip.subarray(fileDataStart, fileDataStart + compressedSize);
  const contents = inflateRawSync(packed, { maxOutputLength: Math.max(1, uncompressedSize) });
  if (contents.length !== uncompressedSize) throw notReadableError();
  return [contents];
}

async function linkTarget(zip: Buffer, file: ZipFile, entry: Entry): Promise<string> {
  if (entry.uncompressedSize > LINK_TARGET_BYTES_MAX) throw notReadableError();
  const pieces: Buffer[] = [];
  for await (const piece of await piecesOf(zip, file, entry)) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}

async function makeLink(
  folder: string,
  link: { readonly path: string; readonly target: string },
): Promise<void> {
  const { path, target } = link;
  if (target === "" || target.includes("\0") || posix.isAbsolute(target)) throw notReadableError();
  const meant = join(dirname(path), target);
  if (meant !== folder && !meant.startsWith(folder + sep)) throw notReadableError();
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path);
}

/** Throws if a link leads out of the folder, directly or through another link. Removes a link whose target does not exist. */
async function checkLink(folder: string, path: string): Promise<void> {
  const root = await realpath(folder);
  const real = await realpath(path).catch(() => null);
  if (real === null) await rm(path, { force: true });
  else if (real !== root && !real.startsWith(root + sep)) throw notReadableError();
}

function notReadableError(): LambdaError {
  return invalidParameter("Could not unzip uploaded file. Please check your file, then try to upload again.");
}

function tooLarge(): LambdaError {
  return invalidParameter(`Unzipped size must be smaller than ${UNZIPPED_BYTES_MAX} bytes`);
}
