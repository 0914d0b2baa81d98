/** Packs folders with everything in them, including symbolic links and empty folders, as `zip -r --symlinks` does. */
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";

const SYMBOLIC_LINK = 0o120777;

/** If two folders have a file of the same name, the file of the first folder is packed. */
export async function packFolders(...folders: readonly string[]): Promise<Uint8Array> {
  const zip = new ZipFile();
  const packed = new Set<string>();
  // A DOS time has no time zone, so the same folder gives the same bytes everywhere.
  const fixed = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true };
  const add = (folder: string, relative: string): void => {
    const entries = readdirSync(join(folder, relative), { withFileTypes: true }).sort((one, other) =>
      one.name < other.name ? -1 : 1,
    );
    if (entries.length === 0 && relative !== "" && !packed.has(relative))
      zip.addEmptyDirectory(relative, fixed);
    for (const entry of entries) {
      const name = relative === "" ? entry.name : `${relative}/${entry.name}`;
      const path = join(folder, name);
      if (entry.isDirectory()) add(folder, name);
      else if (packed.has(name)) continue;
      else if (entry.isSymbolicLink())
        zip.addBuffer(Buffer.from(readlinkSync(path)), name, { ...fixed, mode: SYMBOLIC_LINK });
      else if (entry.isFile()) {
        zip.addBuffer(readFileSync(path), name, {
          ...fixed,
          mode: (statSync(path).mode & 0o111) === 0 ? 0o100644 : 0o100755,
        });
      }
      packed.add(name);
    }
  };
  for (const folder of folders) add(folder, "");
  zip.end();
  return buffer(zip.outputStream);
}
