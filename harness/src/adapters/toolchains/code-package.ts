/** Makes a deployment package. Mistakes are reported before anything is started, because the engine would report them late. */
import { copyFileSync, existsSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { env } from "node:process";
import type { EnvironmentVariables } from "../../base/environment-variables.ts";
import { isLongrunError } from "../../base/errors.ts";
import {
  COMPILERS,
  familyOfCode,
  findRuntime,
  type CompilerName,
} from "../../catalogue/runtimes/all-runtimes.ts";
import { java } from "../../catalogue/runtimes/java.ts";
import { node } from "../../catalogue/runtimes/node.ts";
import { provided } from "../../catalogue/runtimes/provided.ts";
import { GIVEN_BYTES_MAX, readGivenFile } from "../node/read-given-file.ts";
import type { Build, BuiltProgram } from "./built-program.ts";
import { checkPackage, type NamedByUser } from "./check-package.ts";
import { buildGo, isGoFolder } from "./go/build-go.ts";
import { javaOutput, layOut, type JavaOutput } from "./java/java-output.ts";
import { inTemporaryFolder } from "./in-temporary-folder.ts";
import { interpreterOf, usualRuntime } from "./interpreters.ts";
import { bundleSource } from "./node/bundle-source.ts";
import { onPath } from "./installations.ts";
import { packFolders } from "./pack-folder.ts";
import { installRequirements, packagesAreThere } from "./python/install-requirements.ts";
import { buildRust, isCargoFolder } from "./rust/build-rust.ts";
import { missingInterpreter, missingTool } from "./missing-program.ts";
import { otherRuntime, unfitFile } from "./unfit-code.ts";
import { unpackZip, zipHas } from "./unpack-zip.ts";
import { writeZip } from "./write-zip.ts";

/** The largest zip that Lambda takes in a request. */
const ZIP_BYTES_MAX = 50 << 20;

/** The reason why the code is refused: the end of a sentence that begins with "expected". */
interface Refused {
  readonly ok: false;
  readonly expected: string;
}

type CodePackage =
  | {
      readonly ok: true;
      readonly zip: Uint8Array;
      readonly handler: string;
      readonly runtime: string;
      /** The files of a bundled source file and its imports, without those of packages. */
      readonly sources?: readonly string[];
    }
  | Refused;

interface CodeOptions {
  /** The runtime that the user named. If it is null, the code decides. */
  readonly runtime: string | null;
  /** The program to build, if a Cargo package has several. */
  readonly binary: string | null;
  /** Whether the user gave the command that starts the runtime client of families such as Ruby. */
  readonly launches: boolean;
  readonly environment: EnvironmentVariables;
  readonly report: (line: string) => void;
}

/**
 * The compilers of source folders. Each key is the compiler's program, as the catalogue of runtimes names it. They are tried in the
 * catalogue's order.
 */
const BUILDERS: Readonly<Record<CompilerName, Builder>> = {
  go: { command: "go build", takes: isGoFolder, build: buildGo },
  cargo: { command: "cargo build --release", takes: isCargoFolder, build: buildRust },
};

interface Builder {
  readonly command: string;
  readonly takes: (folder: string) => boolean;
  readonly build: (build: Build) => Promise<BuiltProgram>;
}

/** `handler` is null if the user named none. Rejects with a LongrunError if a program, such as a compiler, is missing. */
export async function readCodePackage(
  file: string,
  handler: string | null,
  given: Partial<CodeOptions> = {},
): Promise<CodePackage> {
  const options = {
    runtime: null,
    binary: null,
    launches: false,
    environment: env,
    report: () => undefined,
    ...given,
  };
  const named = { handler, runtime: options.runtime };
  try {
    if (statSync(file).isDirectory()) return await folderPackage(file, named, options);
    const source = familyOfCode({ sourceEnding: extname(file) });
    const unfit = source === null ? unfitFile(extname(file)) : otherRuntime(source, options.runtime);
    if (unfit !== null) return { ok: false, expected: unfit };
    if (source === node.local) return await bundledPackage(file, named, options);
    if (source !== null) return await sourcePackage(file, named, options);
    return await archivePackage(readGivenFile(file), named, options);
  } catch (error) {
    if (isLongrunError(error)) throw error;
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    if (code === "ENOENT" && path === file)
      return { ok: false, expected: "a file or a folder, but there is no such file" };
    const why = code === "EFBIG" ? `it is longer than ${GIVEN_BYTES_MAX >> 20} MiB` : code;
    return { ok: false, expected: `a file that can be read, but ${why}` };
  }
}

/** Whether this is a source folder that a compiler (`BUILDERS`) must build before it can run, which may take minutes. */
export function hasToBeBuilt(file: string): boolean {
  return (statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false) && builderOf(file) !== undefined;
}

/** Whether `--bin` can choose a program of the package at this path. */
export function choosesProgram(file: string): boolean {
  return hasToBeBuilt(file) && builderOf(file)?.build === buildRust;
}

function builderOf(folder: string): (Builder & { readonly program: CompilerName }) | undefined {
  const program = COMPILERS.map(({ command }) => command).find((one) => BUILDERS[one].takes(folder));
  return program === undefined ? undefined : { program, ...BUILDERS[program] };
}

async function folderPackage(folder: string, named: NamedByUser, options: CodeOptions): Promise<CodePackage> {
  const builder = builderOf(folder);
  if (builder === undefined) {
    const output = javaOutput(folder);
    if (output === null) return await packedFolder(folder, folder, named, options);
    const other = otherRuntime(java.local, options.runtime);
    return other === null ? await javaPackage(output, named, options) : { ok: false, expected: other };
  }
  const other = otherRuntime(provided.local, options.runtime);
  if (other !== null) return { ok: false, expected: other };
  const { binary, environment, report } = options;
  return await inTemporaryFolder("build", async (outputFolder) => {
    if (onPath(builder.program, environment)) report(`${builder.command} in ${folder}`);
    const built = await builder.build({ folder, outputFolder, binary, environment });
    if (!built.ok) return built;
    const program = { name: "bootstrap", contents: readFileSync(built.file), mode: 0o100755 };
    return await checked(await writeZip([program]), named, options);
  });
}

async function bundledPackage(file: string, named: NamedByUser, options: CodeOptions): Promise<CodePackage> {
  const bundled = await bundleSource(file);
  if (!bundled.ok) return bundled;
  const name = basename(bundled.name).replace(/\.[cm]js$/, "");
  const handler = named.handler ?? node.local.handler.ofSource(name);
  const contents = Buffer.from(bundled.contents);
  const zip = await writeZip([{ name: bundled.name, contents, mode: 0o100644 }]);
  const taken = await checked(zip, { ...named, handler }, options);
  return taken.ok ? { ...taken, sources: bundled.sources } : taken;
}

async function javaPackage(
  output: JavaOutput,
  named: NamedByUser,
  options: CodeOptions,
): Promise<CodePackage> {
  if (output.kind === "unbuilt") {
    const { wrapper, tool, install } = output.builder;
    if (!wrapper && !onPath(tool, options.environment))
      throw missingTool({ tool, to: "build this project", hint: `${install} installs it.` });
    return { ok: false, expected: output.expected };
  }
  if (output.kind === "jar") {
    options.report(`using ${output.file}`);
    return await checked(readFileSync(output.file), named, options);
  }
  return await inTemporaryFolder("package", async (folder) => {
    const { roots, jars } = output;
    options.report(
      `using ${[...roots, ...(jars.length === 0 ? [] : [`${jars.length} jars in lib`])].join(", ")}`,
    );
    layOut(output, folder);
    return await checked(await packFolders(folder), named, options);
  });
}

/** Takes a zip or a jar as it is, unless its requirements.txt has to be installed. */
async function archivePackage(
  zip: Uint8Array,
  named: NamedByUser,
  options: CodeOptions,
): Promise<CodePackage> {
  const taken = await checked(zip, named, options);
  const requirements = taken.ok ? requirementsOf(taken.runtime) : null;
  if (requirements === null || !(await zipHas(zip, requirements))) return taken;
  return await inTemporaryFolder("unpacked", async (folder) => {
    await unpackZip(zip, folder);
    return await packedFolder(folder, folder, named, options);
  });
}

function requirementsOf(runtime: string): string | null {
  return findRuntime(runtime)?.local.package.requirements ?? null;
}

/** Packs a single source file unchanged, together with the packages of a requirements.txt in its folder. */
async function sourcePackage(file: string, named: NamedByUser, options: CodeOptions): Promise<CodePackage> {
  return await inTemporaryFolder("source", async (folder) => {
    copyFileSync(file, join(folder, basename(file)));
    return await packedFolder(folder, dirname(file), named, options);
  });
}

/** Packs a folder, together with the packages of the requirements.txt in `requirementsFolder`, if there is one. */
async function packedFolder(
  folder: string,
  requirementsFolder: string,
  named: NamedByUser,
  options: CodeOptions,
): Promise<CodePackage> {
  const taken = await checked(await packFolders(folder), named, options);
  const requirements = taken.ok ? requirementsOf(taken.runtime) : null;
  if (!taken.ok || requirements === null) return taken;
  const file = join(requirementsFolder, requirements);
  if (!existsSync(file)) return taken;
  const { environment, report } = options;
  if (packagesAreThere(folder)) {
    report(`${requirements} is not installed: the package already contains packages that pip installed`);
    return taken;
  }
  const interpreter = interpreterOf(environment)(taken.runtime);
  if (interpreter === null) throw missingInterpreter(taken.runtime);
  const installed = await installRequirements(file, interpreter, environment, report);
  return installed.ok
    ? await checked(await packFolders(folder, installed.folder), named, options)
    : installed;
}

async function checked(
  zip: Uint8Array,
  named: NamedByUser,
  { environment, launches }: CodeOptions,
): Promise<CodePackage> {
  if (zip.length > ZIP_BYTES_MAX)
    return {
      ok: false,
      expected: `at most ${ZIP_BYTES_MAX} bytes, the limit of Lambda; this has ${zip.length}`,
    };
  const found = await checkPackage(zip, named);
  if (typeof found === "string") return { ok: false, expected: found };
  const runtime = named.runtime ?? usualRuntime(found.family, environment);
  if (runtime === null) throw missingInterpreter(found.family.preferred);
  const launcher = findRuntime(runtime)?.local.launcher ?? null;
  return launcher === null || launches
    ? { ok: true, zip, handler: found.handler, runtime }
    : {
        ok: false,
        expected: `--launcher too for ${runtime}: the command that starts its runtime client, such as --launcher '${launcher}'`,
      };
}
