/**
 * Makes a deployment package of the user's own function: checks a zip, packs a folder, bundles or builds a source. Mistakes are reported
 * before anything is started, since the engine would report them late and for one function only.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, extname, join } from "node:path";
import { env } from "node:process";
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";
import type { EnvironmentVariables } from "../../domain/environment-variables.ts";
import { familyOfCode } from "../../runtimes/all-runtimes.ts";
import type { LocalRuntime } from "../../runtimes/runtime-family.ts";
import type { Build, BuiltProgram } from "./built-program.ts";
import { checkPackage, type NamedByUser } from "./check-package.ts";
import { buildGo, isGoFolder } from "./go/build-go.ts";
import { bundleSource } from "./node/bundle-source.ts";
import { packFolder } from "./pack-folder.ts";
import { buildRust, isCargoFolder } from "./rust/build-rust.ts";

/** The largest zip that Lambda takes in a request. */
const ZIP_BYTES_MAX = 50 << 20;

type CodePackage =
  | { readonly ok: true; readonly zip: Uint8Array; readonly handler: string; readonly runtime: string }
  /** Completes "expected …". */
  | { readonly ok: false; readonly expected: string };

interface CodeOptions {
  /** The runtime that the user named; null for the one that the code needs. */
  readonly runtime: string | null;
  /** Which program to build if a Cargo package has several. */
  readonly binary: string | null;
  /** The environment variables of compilers and package managers. */
  readonly environment: EnvironmentVariables;
  /** Shows a line of progress to the user. */
  readonly report: (line: string) => void;
}

/** Compilers of source folders, in the order in which they are tried. */
const BUILDERS: readonly {
  readonly command: string;
  readonly takes: (folder: string) => boolean;
  readonly build: (build: Build) => Promise<BuiltProgram>;
}[] = [
  { command: "go build", takes: isGoFolder, build: buildGo },
  { command: "cargo build --release", takes: isCargoFolder, build: buildRust },
];

/** `handler` is null if the user named none. */
export async function readCodePackage(
  file: string,
  handler: string | null,
  given: Partial<CodeOptions> = {},
): Promise<CodePackage> {
  const options = { runtime: null, binary: null, environment: env, report: () => undefined, ...given };
  const named = { handler, runtime: options.runtime };
  try {
    if (statSync(file).isDirectory()) return await folderPackage(file, named, options);
    const source = familyOfCode({ sourceEnding: extname(file) });
    if (source !== null) return await sourcePackage(file, named, source);
    return await checked(readFileSync(file), named);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === undefined) throw error;
    return { ok: false, expected: `a file that can be read, but ${code}` };
  }
}

async function folderPackage(folder: string, named: NamedByUser, options: CodeOptions): Promise<CodePackage> {
  const builder = BUILDERS.find(({ takes }) => takes(folder));
  if (builder === undefined) return await checked(await packFolder(folder), named);
  const { binary, environment, report } = options;
  const outputFolder = mkdtempSync(join(tmpdir(), "longrun-build-"));
  try {
    report(`${builder.command} in ${folder}`);
    const built = await builder.build({ folder, outputFolder, binary, environment });
    if (!built.ok) return built;
    return await checked(await zipOf("bootstrap", readFileSync(built.file), 0o100755), named);
  } finally {
    rmSync(outputFolder, { recursive: true, force: true });
  }
}

async function sourcePackage(file: string, named: NamedByUser, family: LocalRuntime): Promise<CodePackage> {
  const bundled = await bundleSource(file);
  if (!bundled.ok) return bundled;
  const handler = named.handler ?? family.handler.ofSource(basename(bundled.name).replace(/\.[cm]js$/, ""));
  return checked(await zipOf(bundled.name, Buffer.from(bundled.contents), 0o100644), { ...named, handler });
}

async function checked(zip: Uint8Array, named: NamedByUser): Promise<CodePackage> {
  if (zip.length > ZIP_BYTES_MAX)
    return { ok: false, expected: `at most ${ZIP_BYTES_MAX} bytes, as Lambda takes; this has ${zip.length}` };
  const found = await checkPackage(zip, named);
  if (typeof found === "string") return { ok: false, expected: found };
  return { ok: true, zip, handler: found.handler, runtime: named.runtime ?? found.family.preferred };
}

/** A DOS time has no time zone, so the same file gives the same bytes everywhere. */
async function zipOf(name: string, contents: Buffer, mode: number): Promise<Uint8Array> {
  const zip = new ZipFile();
  zip.addBuffer(contents, name, { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode });
  zip.end();
  return buffer(zip.outputStream);
}
