/** Packs folders with everything in them, including symbolic links and empty folders, as `zip -r --symlinks` does. */
import { readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeZip, type ZipEntry } from "./write-zip.ts";

const FOLDER = 0o040775;
const SYMBOLIC_LINK = 0o120777;

/** If two folders have a file of the same name, the file of the first folder is packed. */
export function packFolders(...folders: readonly string[]): Promise<Uint8Array> {
  return writeZip(entriesOf(folders));
}

function* entriesOf(folders: readonly string[]): Iterable<ZipEntry> {
  const packed = new Set<string>();
  for (const folder of folders) yield* entriesIn(folder, "", packed);
}

function* entriesIn(folder: string, relative: string, packed: Set<string>): Iterable<ZipEntry> {
  const entries = readdirSync(join(folder, relative), { withFileTypes: true }).sort((one, other) =>
    one.name < other.name ? -1 : 1,
  );
  if (entries.length === 0 && relative !== "" && !packed.has(relative))
    yield { name: `${relative}/`, contents: Buffer.alloc(0), mode: FOLDER };
  for (const entry of entries) {
    const name = relative === "" ? entry.name : `${relative}/${entry.name}`;
    const path = join(folder, name);
    if (entry.isDirectory()) yield* entriesIn(folder, name, packed);
    else if (packed.has(name)) continue;
    else if (entry.isSymbolicLink())
      yield { name, contents: Buffer.from(readlinkSync(path)), mode: SYMBOLIC_LINK };
    else if (entry.isFile()) {
      const mode = (statSync(path).mode & 0o111) === 0 ? 0o100644 : 0o100755;
      yield { name, contents: readFileSync(path), mode };
    }
    packed.add(name);
  }
}
