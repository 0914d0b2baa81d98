/** Finds the interpreter for functions of a runtime, and installs AWS's runtime client for families that need it. */
import type { EnvironmentVariables } from "../../base/environment-variables.ts";
import { isLongrunError, notAvailable, type LongrunError } from "../../base/errors.ts";
import { findRuntime, runtimeOf, type InterpretedFamily } from "../../catalogue/runtimes/all-runtimes.ts";
import type { InstalledClient } from "../../catalogue/runtimes/installed-client.ts";
import { ownClientNotice, ranOn, type RanOn } from "../../catalogue/runtimes/interpreter-notice.ts";
import type { Interpreter } from "../../catalogue/runtimes/interpreter.ts";
import type { LocalRuntime } from "../../catalogue/runtimes/runtime-family.ts";
import { javaFor, javaRuntimeHere } from "./java/find-java.ts";
import { classArchive, makeClassArchive } from "./java/class-archive.ts";
import { jarsIn } from "./java/jars-in.ts";
import { installJavaClient, javaClient, MAVEN } from "./java/java-client.ts";
import { nodeFor } from "./node/runtime-nodes.ts";
import { onPath } from "./installations.ts";
import { pythonFor, pythonRuntimeHere } from "./python/find-python.ts";
import { installPythonClient, pythonClient } from "./python/python-clients.ts";

interface Toolchain {
  readonly find: (runtime: string, environment: EnvironmentVariables) => Interpreter | null;
  /** Returns the runtime of this machine's usual interpreter of the family. Null if this machine has none that fits a runtime. */
  readonly usual?: (environment: EnvironmentVariables) => string | null;
  /** AWS's client, if the family needs it. Its folder is null if the client is not installed. */
  readonly client?: {
    readonly title: string;
    readonly folder: (interpreter: Interpreter, environment: EnvironmentVariables) => string | null;
    readonly downloader?: Downloader;
    readonly install: (interpreter: Interpreter, environment: EnvironmentVariables) => Promise<void>;
    /** Returns the jars in the order of the class path. */
    readonly jars?: (folder: string) => readonly string[];
    readonly archive?: ClassArchive;
  };
}

/** A program without which the client cannot be installed. */
interface Downloader {
  readonly command: string;
  readonly title: string;
  readonly install: string;
}

/** An archive of the client's classes, made once for each interpreter. Functions also run without it. */
interface ClassArchive {
  readonly file: (interpreter: Interpreter, folder: string) => string | null;
  readonly make: (
    interpreter: Interpreter,
    folder: string,
    environment: EnvironmentVariables,
  ) => Promise<void>;
}

const TOOLCHAINS: Readonly<Record<InterpretedFamily, Toolchain>> = {
  node: { find: nodeFor },
  java: {
    find: javaFor,
    usual: javaRuntimeHere,
    client: {
      title: "AWS's runtime client for Java from Maven Central",
      folder: (_interpreter, environment) => javaClient(environment),
      downloader: MAVEN,
      install: installJavaClient,
      jars: jarsIn,
      archive: { file: classArchive, make: makeClassArchive },
    },
  },
  python: {
    find: pythonFor,
    usual: pythonRuntimeHere,
    client: {
      title: "awslambdaric from PyPI",
      folder: pythonClient,
      install: installPythonClient,
    },
  },
};

const BY_FAMILY: ReadonlyMap<string, Toolchain> = new Map(Object.entries(TOOLCHAINS));

/**
 * The returned function returns null if this machine has no interpreter for the runtime, or if the runtime needs none, because a package or
 * a layer contains the program that runs the function.
 */
export function interpreterOf(environment: EnvironmentVariables): (runtime: string) => Interpreter | null {
  const known = new Map<string, Interpreter | null>();
  return (runtime) => {
    const found = known.get(runtime);
    if (found !== undefined) return found;
    const interpreter = toolchainOf(runtime)?.find(runtime, environment) ?? null;
    known.set(runtime, interpreter);
    return interpreter;
  };
}

/** `launcher` is the command that the user gave. */
export function programOf(
  runtime: string,
  environment: EnvironmentVariables,
  launcher: string | null,
): RanOn {
  const program = ranOn(runtime, interpreterOf(environment)(runtime), launcher);
  const ours = hasOwnClient(runtime) && program.ranOn !== null;
  if (!ours || installedClientOf(environment)(runtime) !== null) return program;
  return { ...program, notice: [program.notice, ownClientNotice(runtime)].filter(Boolean).join("; ") };
}

/** The returned function returns null if the runtime needs no client, or if the client is not installed. */
export function installedClientOf(
  environment: EnvironmentVariables,
): (runtime: string) => InstalledClient | null {
  const interpreters = interpreterOf(environment);
  return (runtime) => {
    const client = toolchainOf(runtime)?.client;
    const interpreter = client === undefined ? null : interpreters(runtime);
    if (client === undefined || interpreter === null) return null;
    const folder = client.folder(interpreter, environment);
    if (folder === null) return null;
    return {
      folder,
      jars: client.jars?.(folder) ?? [],
      archive: client.archive?.file(interpreter, folder) ?? null,
    };
  };
}

/** If AWS's client cannot be installed but longrun has its own client, the failure is only reported. */
export async function bringClient(
  runtime: string,
  environment: EnvironmentVariables,
  report: (line: string) => void,
): Promise<void> {
  const needed = toolchainOf(runtime)?.client !== undefined;
  if (needed && interpreterOf(environment)(runtime) === null) throw noInterpreterError(runtime);
  try {
    await installClient(runtime, environment, report);
  } catch (error) {
    if (!isLongrunError(error) || !hasOwnClient(runtime)) throw error;
    report(`${error.message} The function runs on longrun's own client.`);
  }
}

/**
 * Installs AWS's client if the runtime needs it and it is not installed. Then makes the archive of its classes. Rejects with a LongrunError
 * if the client cannot be installed. If the archive cannot be made, this is only reported.
 */
export async function installClient(
  runtime: string,
  environment: EnvironmentVariables,
  report: (line: string) => void,
): Promise<void> {
  const client = toolchainOf(runtime)?.client;
  const interpreter = client === undefined ? null : interpreterOf(environment)(runtime);
  if (client === undefined || interpreter === null) return;
  if (client.folder(interpreter, environment) === null) {
    const missing = missingDownloader(runtime, environment);
    if (missing !== null)
      throw notAvailable(
        `AWS's client for ${runtimeOf(runtime).family.title} cannot be downloaded: ${missing.title} is not on the PATH; ${missing.install} installs it.`,
      );
    report(`installing ${client.title} into a cache, for ${runtime}`);
    await client.install(interpreter, environment);
  }
  const folder = client.folder(interpreter, environment);
  const { archive } = client;
  if (folder === null || archive === undefined || archive.file(interpreter, folder) !== null) return;
  report(`making an archive of the client's classes, for ${runtime}`);
  try {
    await archive.make(interpreter, folder, environment);
  } catch (error) {
    if (!isLongrunError(error)) throw error;
    report(error.message);
  }
}

/** Whether `installClient` can install AWS's client for a runtime. For Node it cannot: node/ric-packages.ts compiles that client. */
export function hasClient(runtime: string): boolean {
  return toolchainOf(runtime)?.client !== undefined;
}

/** Returns the program that downloads AWS's client for a runtime, if this machine lacks it. Else null. */
export function missingDownloader(runtime: string, environment: EnvironmentVariables): Downloader | null {
  const downloader = toolchainOf(runtime)?.client?.downloader ?? null;
  return downloader === null || onPath(downloader.command, environment) ? null : downloader;
}

export function hasOwnClient(runtime: string): boolean {
  return findRuntime(runtime)?.local.clientOfAws === "installed";
}

/** Returns null if this machine has no interpreter of the family that fits a runtime. */
export function usualRuntime(
  { preferred }: Pick<LocalRuntime, "preferred">,
  environment: EnvironmentVariables,
): string | null {
  const usual = toolchainOf(preferred)?.usual;
  return usual === undefined ? preferred : usual(environment);
}

function noInterpreterError(runtime: string): LongrunError {
  const { family, version, local } = runtimeOf(runtime);
  return notAvailable(`This machine has no ${family.title} that ${runtime} could run on.`, {
    hint: `${local.installCommand(version.release)} installs one; longrun doctor lists what is installed.`,
  });
}

function toolchainOf(runtime: string): Toolchain | undefined {
  const known = findRuntime(runtime);
  return known === null ? undefined : BY_FAMILY.get(known.family.name);
}
