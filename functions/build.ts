/**
 * Bundles every function design (functions/src/<design>/handler.ts) into one ESM file and packs it, with its source map, as `handler.mjs`
 * in dist/functions/<design>.zip. The same sources give the same bytes on any machine. Entries are stored without compression, because zlib
 * differs between Node versions. The order, mode and time of the entries are fixed, and the bundle contains no path of the machine.
 */
import { existsSync } from "node:fs";
import { mkdir, readdir, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { ZipFile } from "yazl";

export interface BuiltFunction {
  readonly design: string;
  /** Absolute path of the zip. */
  readonly path: string;
}

interface BundledFile {
  readonly name: string;
  readonly contents: Uint8Array;
}

const FUNCTIONS_FOLDER = dirname(fileURLToPath(import.meta.url));
const REPOSITORY = dirname(FUNCTIONS_FOLDER);

/** Builds every design into `outFolder`. */
export async function buildFunctions(
  outFolder = join(REPOSITORY, "dist", "functions"),
): Promise<readonly BuiltFunction[]> {
  await mkdir(outFolder, { recursive: true });
  const built: BuiltFunction[] = [];
  for (const design of await functionDesigns()) {
    const zip = await pack(await bundle(design));
    const path = join(outFolder, `${design}.zip`);
    // The zip gets its name only when it is complete, so that a soak which starts meanwhile never reads half a zip.
    const unfinished = `${path}.${process.pid}.unfinished`;
    await writeFile(unfinished, zip);
    await rename(unfinished, path);
    built.push({ design, path });
  }
  return built;
}

/** Names of the designs: the folders with a handler, in alphabetical order. */
export async function functionDesigns(): Promise<readonly string[]> {
  const source = join(FUNCTIONS_FOLDER, "src");
  const names = await readdir(source);
  return names.filter((name) => existsSync(join(source, name, "handler.ts"))).sort();
}

async function bundle(design: string): Promise<readonly BundledFile[]> {
  const result = await build({
    absWorkingDir: REPOSITORY,
    entryPoints: [`functions/src/${design}/handler.ts`],
    // No file is written here; the name determines the relative paths in the source map.
    outfile: "functions/handler.mjs",
    write: false,
    bundle: true,
    platform: "node",
    target: "node20",
    format: "esm",
    sourcemap: true,
    legalComments: "none",
    charset: "utf8",
    logLevel: "warning",
    tsconfigRaw: {},
  });
  return result.outputFiles.map((file) => ({
    name: file.path.endsWith(".map") ? "handler.mjs.map" : "handler.mjs",
    contents: file.contents,
  }));
}

async function pack(files: readonly BundledFile[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { name, contents } of [...files].sort((one, other) => (one.name < other.name ? -1 : 1))) {
    // A DOS time has no time zone, so this local midnight gives the same bytes everywhere.
    zip.addBuffer(Buffer.from(contents), name, {
      mtime: new Date(1980, 0, 1),
      forceDosTimestamp: true,
      mode: 0o100644,
      compress: false,
    });
  }
  zip.end();
  return buffer(zip.outputStream);
}
