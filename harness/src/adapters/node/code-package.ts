/**
 * The user's own handler as a deployment package: a zip is checked, a folder is packed, a source file is bundled. What is wrong with it is
 * said before anything is started, since the engine would say it late and for one function only.
 */
import { readFileSync, statSync } from "node:fs";
import { extname } from "node:path";
import { buffer } from "node:stream/consumers";
import { fromBufferPromise } from "yauzl";
import { ZipFile } from "yazl";
import { bundleSource, SOURCE_ENDINGS } from "./bundle-source.ts";
import { packFolder } from "./pack-folder.ts";

/** What Lambda takes in a request. */
const ZIP_BYTES_MAX = 50 << 20;
const MODULE_ENDINGS = ["", ".js", ".mjs", ".cjs"];

export type CodePackage =
  | { readonly ok: true; readonly zip: Uint8Array; readonly handler: string }
  /** Completes "expected …". */
  | { readonly ok: false; readonly expected: string };

/** `handler`: null where the user named none. */
export async function readCodePackage(file: string, handler: string | null): Promise<CodePackage> {
  try {
    if (statSync(file).isDirectory()) return await folderPackage(file, handler);
    if (SOURCE_ENDINGS.some((ending) => ending === extname(file))) return await sourcePackage(file, handler);
    return await zipPackage(readFileSync(file), handler);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    return { ok: false, expected: `a file that can be read, but ${code}` };
  }
}

async function zipPackage(bytes: Buffer, handler: string | null): Promise<CodePackage> {
  if (bytes.length > ZIP_BYTES_MAX) return tooLarge(bytes.length);
  return checkZip(bytes, handler ?? "index.handler");
}

async function folderPackage(folder: string, handler: string | null): Promise<CodePackage> {
  const { zip, names } = await packFolder(folder);
  if (zip.length > ZIP_BYTES_MAX) return tooLarge(zip.length);
  const chosen = handler ?? "index.handler";
  const wrong = handlerProblem(chosen, names);
  return wrong === null ? { ok: true, zip, handler: chosen } : { ok: false, expected: wrong };
}

async function sourcePackage(file: string, handler: string | null): Promise<CodePackage> {
  const bundled = await bundleSource(file);
  if (!bundled.ok) return bundled;
  const zip = new ZipFile();
  // A DOS time has no zone: the same module gives the same bytes everywhere.
  zip.addBuffer(Buffer.from(bundled.contents), bundled.name, {
    mtime: new Date(1980, 0, 1),
    forceDosTimestamp: true,
    mode: 0o100644,
  });
  zip.end();
  const chosen = handler ?? `${bundled.name.replace(/\.[cm]js$/, "")}.handler`;
  const wrong = handlerProblem(chosen, [bundled.name]);
  return wrong === null
    ? { ok: true, zip: await buffer(zip.outputStream), handler: chosen }
    : { ok: false, expected: wrong };
}

function tooLarge(bytes: number): CodePackage {
  return { ok: false, expected: `at most ${ZIP_BYTES_MAX} bytes, as Lambda takes; this has ${bytes}` };
}

async function checkZip(bytes: Buffer, handler: string): Promise<CodePackage> {
  const names: string[] = [];
  try {
    const zip = await fromBufferPromise(bytes);
    for await (const entry of zip.eachEntry()) names.push(entry.fileName);
  } catch (error) {
    return {
      ok: false,
      expected: `a zip file, but ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  const wrong = handlerProblem(handler, names);
  return wrong === null ? { ok: true, zip: bytes, handler } : { ok: false, expected: wrong };
}

/** Lambda looks for `dir/module` of `dir/module.export` under several endings (facts §8). */
function handlerProblem(handler: string, names: readonly string[]): string | null {
  const match = /^((?:[^/]+\/)*[^/.]+)\.[^/]+$/.exec(handler);
  if (match === null) return `a handler such as index.handler, not ${handler}`;
  const module = match[1] ?? "";
  if (MODULE_ENDINGS.some((ending) => names.includes(`${module}${ending}`))) return null;
  const there = names.filter((name) => /\.(?:js|mjs|cjs)$/.test(name)).slice(0, 3);
  return `${module}.js, .mjs or .cjs inside for the handler ${handler}; ${there.length === 0 ? "it has no module at all" : `it has ${there.join(", ")}`}`;
}
