/** Checks that a deployment package contains the file of its handler, and that this machine can run the program in it. */
import { statSync } from "node:fs";
import { extname } from "node:path";
import { arch, platform } from "node:process";
import { text } from "node:stream/consumers";
import { fromBufferPromise, type Entry, type ZipFile as OpenZip } from "yauzl";
import { familyOfCode, findRuntime } from "../../catalogue/runtimes/all-runtimes.ts";
import { node } from "../../catalogue/runtimes/node.ts";
import { provided } from "../../catalogue/runtimes/provided.ts";
import {
  hostOf,
  PROGRAM_HEAD_BYTES,
  whyNoInterpreter,
  whyNotHere,
  foundFile,
  whyScriptFails,
  type FoundFile,
} from "../../catalogue/runtimes/program-file.ts";
import type { LocalRuntime } from "../../catalogue/runtimes/runtime-family.ts";
import { exportedNames } from "./node/exported-names.ts";
import { undefinedFunction } from "./undefined-function.ts";
import { otherRuntime, unfitFiles, unreadableZip } from "./unfit-code.ts";

/** The text of a larger module is not read, so its exports are not checked. */
const MODULE_BYTES_MAX = 16 << 20;
const ANY_EXECUTABLE = 0o111;

interface CheckedPackage {
  readonly handler: string;
  readonly family: LocalRuntime;
}

/** What the user named. A member is null if the user did not name it. */
export interface NamedByUser {
  readonly handler: string | null;
  readonly runtime: string | null;
}

/** Returns the package, or, if something is wrong, the end of a sentence that begins with "expected". */
export async function checkPackage(bytes: Uint8Array, named: NamedByUser): Promise<CheckedPackage | string> {
  const entries = new Map<string, Entry>();
  try {
    const zip = await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
      autoClose: false,
    });
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
    const files = [...entries.keys()];
    const chosen = named.runtime === null ? null : findRuntime(named.runtime);
    // A package of no known family is treated as a Node.js package, so that the message says what a Node.js package needs.
    const owner = familyOfCode({ files });
    const family = chosen?.local ?? owner ?? node.local;
    const read = (name: string): Promise<string> => textOf(zip, entries.get(name));
    const suggested = named.handler ?? family.handler.ofPackage(files);
    if (suggested === null)
      return (
        programIsFolder(provided.local.package.program, files) ??
        (await unfit(owner, files, { named, read })) ??
        (await whichHandler(family, files, read))
      );
    const handler = named.handler === null ? await withOtherName(family, suggested, read) : suggested;
    const wrong = await handlerProblem(family, handler, files, {
      read,
      isNamed: named.handler !== null,
    });
    const isUnknown = owner === null && chosen === null;
    const needed = isUnknown ? provided.local.package.program : family.package.program;
    if (wrong !== null)
      return (
        (needed === null ? null : programIsFolder(needed, files)) ??
        (await unfit(owner, files, { named, read })) ??
        wrong
      );
    const { program } = family.package;
    const entry = program === null ? undefined : entries.get(program);
    const unusable = entry === undefined ? null : await programProblem(zip, entry, entries);
    return unusable ?? { handler, family };
  } catch (error) {
    return unreadableZip(bytes, error);
  }
}

/** Returns the end of a sentence that begins with "expected", or null. */
function programIsFolder(program: string, files: readonly string[]): string | null {
  return !files.includes(program) && isFolderIn(files, program)
    ? `${program} to be a file that can be started, but it is a folder`
    : null;
}

/** Returns what is wrong with the code itself, or null. Null for a custom runtime, too: the caller reports that a program is missing. */
async function unfit(
  owner: LocalRuntime | null,
  files: readonly string[],
  {
    named: { runtime },
    read,
  }: { readonly named: NamedByUser; readonly read: (name: string) => Promise<string> },
): Promise<string | null> {
  const chosen = runtime === null ? null : findRuntime(runtime);
  if (chosen === null) return owner === null ? unfitFiles(files, read) : null;
  const { owns, program } = chosen.local.package;
  if (program !== null || owns(files)) return null;
  if (owner !== null) return otherRuntime(owner, runtime);
  return files.some((file) => file.endsWith(".java")) ? unfitFiles(files, read) : null;
}

async function whichHandler(
  family: LocalRuntime,
  files: readonly string[],
  read: (name: string) => Promise<string>,
): Promise<string> {
  const modules = files.filter((file) => family.package.moduleFile.test(file));
  const atRoot = modules.filter((file) => !file.includes("/"));
  const [first, ...others] = atRoot.length > 0 ? atRoot : modules;
  if (first === undefined || family.package.sourceEndings.length === 0)
    return `--handler too, such as ${family.handler.example}`;
  const handler = await withOtherName(
    family,
    family.handler.ofSource(first.slice(0, -extname(first).length)),
    read,
  );
  return `--handler too, such as --handler ${handler}, because no module has a usual name; the package has ${[first, ...others.slice(0, 4)].join(", ")}`;
}

async function textOf(zip: OpenZip, entry: Entry | undefined): Promise<string> {
  return entry === undefined || entry.uncompressedSize > MODULE_BYTES_MAX
    ? ""
    : text(await zip.openReadStreamPromise(entry));
}

/** If the module defines a function with one of the family's usual names, the handler gets the first such name. */
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
  const names = definedNames(text);
  const defined = family.handler.names.find((one) => names.has(one));
  return defined === undefined ? handler : `${handler.slice(0, -name.length)}${defined}`;
}

/** The functions and variables that are defined at the start of a line, as in Python. */
function definedNames(text: string): ReadonlySet<string> {
  const found = text.matchAll(/^(?:(?:async )?def (\w+)|(\w+)\s*[:=])/gm);
  return new Set([...found].map(([, ofFunction, ofVariable]) => ofFunction ?? ofVariable ?? ""));
}

/** Checks the exports that the module's text shows. Without this check, a missing handler would show only at the first invocation. */
async function handlerProblem(
  family: LocalRuntime,
  handler: string,
  names: readonly string[],
  { read, isNamed }: { readonly read: (name: string) => Promise<string>; readonly isNamed: boolean },
): Promise<string | null> {
  const parts = family.handler.cut(handler);
  if (parts === null) return `a handler such as ${family.handler.example}, not ${handler}`;
  const file = parts.files.find((one) => names.includes(one));
  const { containers } = family.package;
  if (file === undefined && containers !== undefined && names.some((name) => containers.test(name)))
    return null;
  if (file === undefined) {
    const there = names.filter((one) => family.package.moduleFile.test(one)).slice(0, 3);
    return `a package that contains ${parts.filesInWords} for the handler ${handler}; ${there.length === 0 ? "it has no module at all" : `it has ${there.join(", ")}`}`;
  }
  const [name] = parts.path;
  if (name === undefined) return null;
  if (family.handler.names !== undefined) {
    const text = await read(file);
    return text.includes("import *") || new Set<string>(text.match(/[\p{L}\p{N}_]+/gu)).has(name)
      ? null
      : undefinedFunction({ file, text, name, handler, usual: isNamed ? [] : family.handler.names });
  }
  if (family !== node.local) return null;
  const exported = exportedNames(await read(file));
  if (exported === null || exported.includes(name)) return null;
  const listed = exported.length === 0 ? "nothing" : exported.slice(0, 5).join(", ");
  return `${file} to export ${name} for the handler ${handler}; it exports ${listed}`;
}

/** Checks that this machine can start the package's program. Without this check, the Init would fail with a less clear error. */
async function programProblem(
  zip: OpenZip,
  entry: Entry,
  entries: ReadonlyMap<string, Entry>,
): Promise<string | null> {
  if (!isExecutable(entry))
    return `${entry.fileName} to be executable (chmod +x), because it is started as a program`;
  const head = await headOf(zip, entry);
  const other = whyNotHere(head, hostOf(platform, arch));
  const expected = `a ${entry.fileName} that this machine can run`;
  if (other !== null)
    return `${expected}, but ${other}; give --code its source folder, or build it for this machine`;
  // The interpreter may be in the package.
  const lookFor = (file: string): FoundFile =>
    file.startsWith("/var/task/")
      ? foundIn(entries, file.slice("/var/task/".length))
      : foundFile(statSync(file, { throwIfNoEntry: false }) ?? null);
  const why = whyNoInterpreter(head, lookFor)?.text ?? whyScriptFails(head, lookFor, platform);
  return why === null ? null : `${expected}, but ${why}`;
}

function isExecutable(entry: Entry): boolean {
  return ((entry.externalFileAttributes >>> 16) & ANY_EXECUTABLE) !== 0;
}

function foundIn(entries: ReadonlyMap<string, Entry>, name: string): FoundFile {
  const entry = entries.get(name);
  if (entry !== undefined) return isExecutable(entry) ? "program" : "not-executable";
  return isFolderIn([...entries.keys()], name) ? "folder" : "missing";
}

function isFolderIn(files: readonly string[], name: string): boolean {
  return files.some((file) => file.startsWith(`${name}/`));
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
