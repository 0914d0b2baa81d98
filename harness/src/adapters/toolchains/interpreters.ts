/** Finds the interpreter for functions of a runtime, and installs AWS's runtime client for families for which longrun has no client of its own. */
import type { EnvironmentVariables } from "../../domain/environment-variables.ts";
import { findRuntime } from "../../runtimes/all-runtimes.ts";
import type { Interpreter } from "../../runtimes/interpreter.ts";
import type { LocalRuntime } from "../../runtimes/runtime-family.ts";
import { javaFor, javaRuntimeHere } from "./java/find-java.ts";
import { installJavaClient, javaClient } from "./java/java-client.ts";
import { nodeFor } from "./node/runtime-nodes.ts";
import { pythonFor, pythonRuntimeHere } from "./python/find-python.ts";
import { installPythonClient, pythonClient } from "./python/python-clients.ts";

interface Toolchain {
  readonly find: (runtime: string, environment: EnvironmentVariables) => Interpreter | null;
  /** Chooses the runtime if the user named none. Returns null if this machine has no interpreter of the family. */
  readonly usual?: (environment: EnvironmentVariables) => string | null;
  /** AWS's client, if the family needs it. Its folder is null if the client is not installed. */
  readonly client?: {
    readonly title: string;
    readonly folder: (interpreter: Interpreter, environment: EnvironmentVariables) => string | null;
    readonly install: (interpreter: Interpreter, environment: EnvironmentVariables) => Promise<void>;
  };
}

/** The toolchains by the name of the family. */
const TOOLCHAINS: Readonly<Record<string, Toolchain>> = {
  node: { find: nodeFor },
  java: {
    find: javaFor,
    usual: javaRuntimeHere,
    client: {
      title: "AWS's runtime client for Java from Maven Central",
      folder: (_interpreter, environment) => javaClient(environment),
      install: (_interpreter, environment) => installJavaClient(environment),
    },
  },
  python: {
    find: pythonFor,
    usual: pythonRuntimeHere,
    client: { title: "awslambdaric from PyPI", folder: pythonClient, install: installPythonClient },
  },
};

/**
 * Finds each interpreter once, when it is first needed. The result is null if the runtime needs no interpreter (packages contain their own
 * program), or if this machine has none.
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

/** Returns the folder of AWS's client for a runtime; null if the runtime needs none, or if it is not installed. */
export function installedClientOf(environment: EnvironmentVariables): (runtime: string) => string | null {
  const interpreters = interpreterOf(environment);
  return (runtime) => {
    const client = toolchainOf(runtime)?.client;
    const interpreter = client === undefined ? null : interpreters(runtime);
    return client === undefined || interpreter === null ? null : client.folder(interpreter, environment);
  };
}

/** Installs AWS's client for a runtime, if the runtime needs it and it is not installed. Rejects with a LongrunError if that fails. */
export async function bringClient(
  runtime: string,
  environment: EnvironmentVariables,
  report: (line: string) => void,
): Promise<void> {
  const client = toolchainOf(runtime)?.client;
  const interpreter = client === undefined ? null : interpreterOf(environment)(runtime);
  if (client === undefined || interpreter === null) return;
  if (client.folder(interpreter, environment) !== null) return;
  report(`installing ${client.title} into a cache, for ${runtime}`);
  await client.install(interpreter, environment);
}

/** Chooses the runtime for code of a family if the user named none. Returns null if this machine has no interpreter of the family. */
export function usualRuntime(
  { client, preferred }: Pick<LocalRuntime, "client" | "preferred">,
  environment: EnvironmentVariables,
): string | null {
  const usual = client === null ? undefined : TOOLCHAINS[client]?.usual;
  return usual === undefined ? preferred : usual(environment);
}

function toolchainOf(runtime: string): Toolchain | undefined {
  return TOOLCHAINS[findRuntime(runtime)?.family.name ?? ""];
}
