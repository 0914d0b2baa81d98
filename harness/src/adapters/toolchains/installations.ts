/** Where this machine has programs of toolchains: on the PATH, and in the folders of version managers. */
import { execFileSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { basename, delimiter, join } from "node:path";
import type { EnvironmentVariables } from "../../base/environment-variables.ts";
import { runsRelease } from "../../catalogue/runtimes/runs-release.ts";
import { namesIn } from "./names-in.ts";

const LOOK_WITHIN_MS = 10_000;

/**
 * For each language, the folders that contain an installation for each version. `variable` names a version manager's folder if it is not the
 * usual one in the user's home.
 */
const MANAGED = {
  java: [
    { variable: "SDKMAN_DIR", usual: ".sdkman", below: "candidates/java" },
    { variable: "ASDF_DATA_DIR", usual: ".asdf", below: "installs/java" },
  ],
  node: [
    { variable: "NVM_DIR", usual: ".nvm", below: "versions/node" },
    { variable: "ASDF_DATA_DIR", usual: ".asdf", below: "installs/nodejs" },
  ],
  python: [
    { variable: "PYENV_ROOT", usual: ".pyenv", below: "versions" },
    { variable: "UV_PYTHON_INSTALL_DIR", usual: ".local/share/uv/python", below: "" },
    { variable: "ASDF_DATA_DIR", usual: ".asdf", below: "installs/python" },
  ],
} as const;

/** The folders of installations, of each version manager the newest version first. */
export function managed(
  language: keyof typeof MANAGED,
  environment: EnvironmentVariables,
): readonly string[] {
  const home = environment["HOME"] ?? homedir();
  return MANAGED[language].flatMap(({ variable, usual, below }) => {
    const folder = join(environment[variable] ?? join(home, usual), below);
    return [...namesIn(folder)]
      .sort((one, other) => other.localeCompare(one, "en", { numeric: true }))
      .map((name) => join(folder, name));
  });
}

/** The programs of one release. Version managers name the folders after their versions. */
export function managedPrograms(
  language: keyof typeof MANAGED,
  { release, program }: { readonly release: string; readonly program: string },
  environment: EnvironmentVariables,
): readonly string[] {
  return managed(language, environment)
    .filter((folder) => runsRelease(basename(folder).replace(/^cpython-/, ""), release))
    .map((folder) => join(folder, "bin", program))
    .filter(isExecutable);
}

/** The files of this name on the PATH that can be started. */
export function filesOnPath(command: string, environment: EnvironmentVariables): readonly string[] {
  return (environment["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, command))
    .filter(isExecutable);
}

export function onPath(command: string, environment: EnvironmentVariables): boolean {
  return filesOnPath(command, environment).length > 0;
}

/** Whether this is a shim of a version manager. Shims are slow, and most only report that no version is chosen. */
export function isShim(file: string): boolean {
  return /[/\\]shims[/\\][^/\\]+$/.test(file);
}

export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Returns what a program prints. Null if it does not run: it is built for another system, or is incomplete. */
export function said(file: string, ...args: readonly string[]): string | null {
  try {
    return execFileSync(file, args, {
      encoding: "utf8",
      timeout: LOOK_WITHIN_MS,
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return null;
  }
}
