/** Checks that a deployment package contains the file of its handler, and that this machine can run the program in it. */
import { existsSync } from "node:fs";
import { arch, platform } from "node:process";
import { text } from "node:stream/consumers";
import { fromBufferPromise, type Entry, type ZipFile as OpenZip } from "yauzl";
import { exportedNames } from "../../doctor/exported-names.ts";
import { familyOfCode, findRuntime } from "../../runtimes/all-runtimes.ts";
import { node } from "../../runtimes/node.ts";
import { hostOf, PROGRAM_HEAD_BYTES, whyNoInterpreter, whyNotHere } from "../../runtimes/program-file.ts";
import type { LocalRuntime } from "../../runtimes/runtime-family.ts";

/** The text of a larger module is not read, so its exports are not checked. */
const MODULE_BYTES_MAX = 16 << 20;
const ANY_EXECUTABLE = 0o111;

interface CheckedPackage {
  readonly handler: string;
  readonly family: LocalRuntime;
}

/** The handler and the runtime that the user named. Each is null if the user did not name it. */
export interface NamedByUser {
  readonly handler: string | null;
  readonly runtime: string | null;
}

/** If something is wrong, returns the end of a sentence that begins with "expected". */
export async function checkPackage(bytes: Uint8Array, named: NamedByUser): Promise<CheckedPackage | string> {
  const entries = new Map<string, Entry>();
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      autoClose: false,
    });
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    const files = [...entries.keys()];
    const chosen = named.runtime === null ? null : findRuntime(named.runtime);
    // A package of no known family is treated as a Node.js package, so that the message says what such a package needs.
    const family = chosen?.local ?? familyOfCode({ files }) ?? node.local;
    const suggested = named.handler ?? family.handler.ofPackage(files);
    if (suggested === null) return `--handler too, such as ${family.handler.example}`;
    const read = (name: string): Promise<string> => textOf(zip, entries.get(name));
    const handler = named.handler === null ? await withOtherName(family, suggested, read) : suggested;
    const wrong = await handlerProblem(family, handler, files, read);
    if (wrong !== null) return wrong;
    const { program } = family.package;
    const entry = program === null ? undefined : entries.get(program);
    const unusable = entry === undefined ? null : await programProblem(zip, entry);
    return unusable ?? { handler, family };
  } catch (error) {
    return `a zip file, but ${error instanceof Error ? error.message : String(error)}`;
  }
}

async function textOf(zip: OpenZip, entry: Entry | undefined): Promise<string> {
  return entry === undefined || entry.uncompressedSize > MODULE_BYTES_MAX
    ? ""
    : text(await zip.openReadStreamPromise(entry));
}

/** Returns the suggested handler with the first of the family's usual function names that its module defines. */
async function withOtherName(
  family: LocalRuntime,
  handler: string,
  read: (name: string) => Promise<string>,
): Promise<string> {
  const parts = family.handler.cut(handler);
  const [file] = parts?.files ?? [];
  const [name = ""] = parts?.path ?? [];
  if (family.handler.names === undefined || file === undefined) return handler;
  const text = await read(file);
  const defined = family.handler.names.find((one) => definition(one).test(text));
  return defined === undefined ? handler : `${handler.slice(0, -name.length)}${defined}`;
}

/** Matches the definition of a function or a variable at the start of a line, as in Python. */
function definition(name: string): RegExp {
  return new RegExp(`^(?:(?:async )?def ${name}\\b|${name}\\s*[:=])`, "m");
}

/**
 * Checks that the module exports the handler, if its text shows its exports. Otherwise a missing handler shows only at the first invocation.
 */
async function handlerProblem(
  family: LocalRuntime,
  handler: string,
  names: readonly string[],
  read: (name: string) => Promise<string>,
): Promise<string | null> {
  const parts = family.handler.cut(handler);
  if (parts === null) return `a handler such as ${family.handler.example}, not ${handler}`;
  const file = parts.files.find((one) => names.includes(one));
  const { containers } = family.package;
  if (file === undefined && containers !== undefined && names.some((name) => containers.test(name)))
    return null;
  if (file === undefined) {
    const there = names.filter((one) => family.package.moduleFile.test(one)).slice(0, 3);
    return `${parts.filesInWords} inside for the handler ${handler}; ${there.length === 0 ? "it has no module at all" : `it has ${there.join(", ")}`}`;
  }
  const [name] = parts.path;
  if (name === undefined) return null;
  if (family.handler.names !== undefined)
    return new RegExp(`\\b${name.replace(/\W/g, "\\$&")}\\b|import \\*`).test(await read(file))
      ? null
      : `${file} to define ${name} for the handler ${handler}`;
  if (family !== node.local) return null;
  const exported = exportedNames(await read(file));
  if (exported === null || exported.includes(name)) return null;
  const listed = exported.length === 0 ? "nothing" : exported.slice(0, 5).join(", ");
  return `${file} to export ${name} for the handler ${handler}; it exports ${listed}`;
}

/** Checks that this machine can run the program. Without this check, the Init would fail with a less clear error. */
async function programProblem(zip: OpenZip, entry: Entry): Promise<string | null> {
  if (((entry.externalFileAttributes >>> 16) & ANY_EXECUTABLE) === 0)
    return `${entry.fileName} to be executable (chmod +x), since it is started as a program`;
  const head = await headOf(zip, entry);
  const why = whyNotHere(head, hostOf(platform, arch)) ?? whyNoInterpreter(head, existsSync);
  return why === null ? null : `a ${entry.fileName} that this machine can run, but ${why}`;
}

async function headOf(zip: OpenZip, entry: Entry): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let length = 0;
  const stream = await zip.openReadStreamPromise(entry);
  for await (const piece of stream) {
    pieces.push(piece as Buffer);
    length += (piece as Buffer).length;
    if (length >= PROGRAM_HEAD_BYTES) break;
  }
  return Buffer.concat(pieces).subarray(0, PROGRAM_HEAD_BYTES);
}
