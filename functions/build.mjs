/**
 * Bundles every function design (functions/src/<design>/handler.ts) into one ESM file and packs it as
 * dist/functions/<design>.zip: `handler.mjs` at the root, its source map beside it. The same sources give the same
 * bytes on any machine: entries are stored, not compressed (zlib differs between Node versions), with fixed order,
 * mode and time, and no path of the machine gets into the bundle. Alone: `node functions/build.mjs [OUT_FOLDER]`.
 */
import { createHash } from "node:crypto";
import { access, mkdir, readdir, rename, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { ZipFile } from "yazl";

const FUNCTIONS_FOLDER = dirname(fileURLToPath(import.meta.url));
const REPOSITORY = dirname(FUNCTIONS_FOLDER);

/** @param {string} [outFolder] */
export async function buildFunctions(outFolder = join(REPOSITORY, "dist", "functions")) {
  await mkdir(outFolder, { recursive: true });
  const built = [];
  for (const design of await functionDesigns()) {
    const zip = await pack(await bundle(design));
    const path = join(outFolder, `${design}.zip`);
    // Renamed into place, so that a soak which starts meanwhile never reads half a zip.
    const unfinished = `${path}.${process.pid}.unfinished`;
    await writeFile(unfinished, zip);
    await rename(unfinished, path);
    built.push({ design, path, bytes: zip.length, sha256: createHash("sha256").update(zip).digest("hex") });
  }
  return built;
}

/** Names of the designs: the folders with a handler, in alphabetical order. */
export async function functionDesigns() {
  const source = join(FUNCTIONS_FOLDER, "src");
  const designs = [];
  for (const name of (await readdir(source)).sort()) {
    const exists = await access(join(source, name, "handler.ts")).then(
      () => true,
      () => false,
    );
    if (exists) designs.push(name);
  }
  return designs;
}

/** @param {string} design */
async function bundle(design) {
  const result = await build({
    absWorkingDir: REPOSITORY,
    entryPoints: [`functions/src/${design}/handler.ts`],
    // Never written; it fixes the relative paths in the source map.
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

/** @param {readonly { name: string, contents: Uint8Array }[]} files */
async function pack(files) {
  const zip = new ZipFile();
  for (const { name, contents } of [...files].sort((one, other) => (one.name < other.name ? -1 : 1))) {
    // A DOS time has no zone: this local midnight is the same bytes everywhere.
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

if (process.argv[1] !== undefined && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  for (const { design, bytes, sha256 } of await buildFunctions(process.argv[2])) {
    process.stdout.write(`${design}.zip  ${bytes} bytes  sha256 ${sha256}\n`);
  }
}
