/**
 * The user's own handler as a deployment package: a zip is checked, a folder is packed, a source file is bundled. What is wrong with it is
 * said before anything is started, since the engine would say it late and for one function only.
 */
import { readFileSync, statSync } from "node:fs";
import { extname } from "node:path";
import { buffer, text } from "node:stream/consumers";
import { fromBufferPromise, type Entry, type ZipFile as OpenZip } from "yauzl";
import { ZipFile } from "yazl";
import { exportedNames } from "../../doctor/exported-names.ts";
import { familyOfCode } from "../../runtimes/all-runtimes.ts";
import { node } from "../../runtimes/node.ts";
import type { LocalRuntime } from "../../runtimes/runtime-family.ts";
import { bundleSource } from "./node/bundle-source.ts";
import { packFolder } from "./pack-folder.ts";

/** What Lambda takes in a request. */
const ZIP_BYTES_MAX = 50 << 20;
/** A module beyond that is not looked into. */
const MODULE_BYTES_MAX = 16 << 20;

export type CodePackage =
  | { readonly ok: true; readonly zip: Uint8Array; readonly handler: string }
  /** Completes "expected …". */
  | { readonly ok: false; readonly expected: string };

/** `handler`: null where the user named none. */
export async function readCodePackage(file: string, handler: string | null): Promise<CodePackage> {
  try {
    if (statSync(file).isDirectory()) return await folderPackage(file, handler);
    const source = familyOfCode({ sourceEnding: extname(file) });
    if (source !== null) return await sourcePackage(file, handler, source);
    return await zipPackage(readFileSync(file), handler);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    return { ok: false, expected: `a file that can be read, but ${code}` };
  }
}

async function zipPackage(bytes: Buffer, handler: string | null): Promise<CodePackage> {
  if (bytes.length > ZIP_BYTES_MAX) return tooLarge(bytes.length);
  return checkZip(bytes, handler);
}

async function folderPackage(folder: string, handler: string | null): Promise<CodePackage> {
  const zip = await packFolder(folder);
  if (zip.length > ZIP_BYTES_MAX) return tooLarge(zip.length);
  return checkZip(zip, handler);
}

async function sourcePackage(
  file: string,
  handler: string | null,
  family: LocalRuntime,
): Promise<CodePackage> {
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
  return checkZip(
    await buffer(zip.outputStream),
    handler ?? family.handler.ofSource(bundled.name.replace(/\.[cm]js$/, "")),
  );
}

function tooLarge(bytes: number): CodePackage {
  return { ok: false, expected: `at most ${ZIP_BYTES_MAX} bytes, as Lambda takes; this has ${bytes}` };
}

async function checkZip(bytes: Uint8Array, named: string | null): Promise<CodePackage> {
  const entries = new Map<string, Entry>();
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      autoClose: false,
    });
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    const files = [...entries.keys()];
    // A package of no known family is treated as a Node.js package, so that the message says what such a package needs.
    const family = familyOfCode({ files }) ?? node.local;
    const handler = named ?? family.handler.default;
    if (handler === null) return { ok: false, expected: `--handler too, such as ${family.handler.example}` };
    const wrong = await handlerProblem(family, handler, files, (name) => textOf(zip, entries.get(name)));
    return wrong === null ? { ok: true, zip: bytes, handler } : { ok: false, expected: wrong };
  } catch (error) {
    return {
      ok: false,
      expected: `a zip file, but ${error instanceof Error ? error.message : String(error)}`,
    };
  }
}

async function textOf(zip: OpenZip, entry: Entry | undefined): Promise<string> {
  return entry === undefined || entry.uncompressedSize > MODULE_BYTES_MAX
    ? ""
    : text(await zip.openReadStreamPromise(entry));
}

/** That the module exports the name is seen only where its text shows it; else the first invocation tells. */
async function handlerProblem(
  family: LocalRuntime,
  handler: string,
  names: readonly string[],
  read: (name: string) => Promise<string>,
): Promise<string | null> {
  const parts = family.handler.cut(handler);
  if (parts === null) return `a handler such as ${family.handler.example}, not ${handler}`;
  const file = parts.files.find((one) => names.includes(one));
  if (file === undefined) {
    const there = names.filter((one) => family.package.moduleFile.test(one)).slice(0, 3);
    return `${parts.filesInWords} inside for the handler ${handler}; ${there.length === 0 ? "it has no module at all" : `it has ${there.join(", ")}`}`;
  }
  const [name] = parts.path;
  const exported = name === undefined ? null : exportedNames(await read(file));
  if (exported === null || name === undefined || exported.includes(name)) return null;
  const listed = exported.length === 0 ? "nothing" : exported.slice(0, 5).join(", ");
  return `${file} to export ${name} for the handler ${handler}; it exports ${listed}`;
}
