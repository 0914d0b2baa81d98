/** Unpacks a deployment package into a folder. Keeps symbolic links, and whether a file is executable, but no other modes. */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fromBufferPromise, type ZipFile } from "yauzl";

const KIND_OF_FILE = 0o170000;
const SYMBOLIC_LINK = 0o120000;
const EXECUTABLE = 0o111;

/** Rejects if the name of a file points outside the folder. */
export async function unpackZip(bytes: Uint8Array, folder: string): Promise<void> {
  const links: (() => void)[] = [];
  const zip = await opened(bytes);
  for await (const entry of zip.eachEntry()) {
    const file = join(folder, entry.fileName);
    if (entry.fileName.endsWith("/")) {
      mkdirSync(file, { recursive: true });
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    const content = await buffer(await zip.openReadStreamPromise(entry));
    const mode = entry.externalFileAttributes >>> 16;
    // Links are made last, so that no file is written through a link.
    if ((mode & KIND_OF_FILE) === SYMBOLIC_LINK)
      links.push(() => symlinkSync(content.toString("utf8"), file));
    else {
      writeFileSync(file, content);
      if ((mode & EXECUTABLE) !== 0) chmodSync(file, 0o755);
    }
  }
  for (const make of links) make();
}

export async function zipHas(bytes: Uint8Array, name: string): Promise<boolean> {
  for await (const { fileName } of (await opened(bytes)).eachEntry()) if (fileName === name) return true;
  return false;
}

function opened(bytes: Uint8Array): Promise<ZipFile> {
  return fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    autoClose: false,
  });
}
