/**
 * Installs aws-lambda-ric (AWS's runtime client for Node.js) in the version that Lambda runs. Does so only on request, because its native
 * part is compiled.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { execPath } from "node:process";
import { notAvailable } from "../../../base/errors.ts";
import { npmInstall } from "../npm-install.ts";
import { missingBuildTools } from "./build-tools.ts";
import { NODE_VERSIONS, OFFERED_NODES } from "../../../catalogue/runtimes/node.ts";
import { runtimeCache, runtimeNode } from "./runtime-nodes.ts";
import type { EnvironmentVariables } from "../../../base/environment-variables.ts";

const RIC_PACKAGE = "aws-lambda-ric";
const BUILD_WITHIN_MS = 1_800_000;

interface RicPackage {
  readonly runtime: string;
  /** The version of the client. Null if the client is not built. */
  readonly version: string | null;
}

/** The returned function returns the folder of the client for a runtime, or null if that client is not built. */
export function ricPackageOf(environment: EnvironmentVariables): (runtime: string) => string | null {
  return (runtime) => {
    const folder = packageFolder(runtime, environment);
    return isBuilt(folder) ? folder : null;
  };
}

/** Returns one entry for each runtime whose Node can be installed. */
export function ricPackages(environment: EnvironmentVariables): readonly RicPackage[] {
  return OFFERED_NODES.map((runtime) => {
    const folder = packageFolder(runtime, environment);
    if (!isBuilt(folder)) return { runtime, version: null };
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
    return { runtime, version };
  });
}

/** If a program that compiles the client is missing, rejects with a LongrunError and installs nothing. */
export async function installRic(runtime: string, environment: EnvironmentVariables): Promise<void> {
  const nodeFile = runtimeNode(runtime, environment)?.file ?? execPath;
  const major = NODE_VERSIONS.find((version) => version.runtime === runtime)?.clientMajor;
  const missing = missingBuildTools(environment);
  if (missing !== null)
    throw notAvailable(`${RIC_PACKAGE} ${major} for ${runtime} cannot be compiled: ${missing}.`);
  const nodeFolder = dirname(dirname(nodeFile));
  // Uses the headers beside this Node if there are any; otherwise node-gyp downloads them.
  const headers = existsSync(join(nodeFolder, "include", "node", "node_api.h"))
    ? { npm_config_nodedir: nodeFolder }
    : {};
  await npmInstall({
    title: `${RIC_PACKAGE} ${major}`,
    folder: ricFolder(runtime, environment),
    specification: `${RIC_PACKAGE}@${major}`,
    scripts: true,
    withinMs: BUILD_WITHIN_MS,
    hint: "It is compiled, which also needs Python and a network. It does not build on macOS.",
    environment: { ...environment, ...headers },
  });
}

function isBuilt(folder: string): boolean {
  return ["rapid-client.node", join("dist", "rapid-client.node")].some((file) =>
    existsSync(join(folder, file)),
  );
}

function packageFolder(runtime: string, environment: EnvironmentVariables): string {
  return join(ricFolder(runtime, environment), "node_modules", RIC_PACKAGE);
}

function ricFolder(runtime: string, environment: EnvironmentVariables): string {
  return join(dirname(runtimeCache(environment)), "runtime-clients", runtime);
}
