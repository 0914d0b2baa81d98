/**
 * The Python that functions of a runtime run on: one of the runtime's own minor version (PATH, pyenv, uv, asdf), else the one whose minor
 * version is nearest.
 */
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import type { EnvironmentVariables } from "../../../domain/environment-variables.ts";
import { findRuntime } from "../../../runtimes/all-runtimes.ts";
import type { Interpreter } from "../../../runtimes/interpreter.ts";
import { python } from "../../../runtimes/python.ts";
import { runsRelease } from "../../../runtimes/runs-release.ts";

const LOOK_WITHIN_MS = 10_000;

/** What an interpreter says of itself. Inside a virtual environment the base installation counts: nothing else has the whole library. */
const ASK = `import os, sys
name = "python%d.%d" % sys.version_info[:2]
print("%d.%d.%d" % sys.version_info[:3])
print(os.path.join(sys.base_prefix, "bin", name))
print(sys.base_prefix)`;

const MINORS = python.versions.map(({ release }) => Number(release.split(".")[1]));

/** Returns null if this machine has no Python that is known here. */
export function pythonFor(runtime: string, environment: EnvironmentVariables): Interpreter | null {
  const release = findRuntime(runtime)?.version.release;
  if (release === undefined) return null;
  const wanted = Number(release.split(".")[1]);
  const nearest = [...MINORS].sort(
    (one, other) => Math.abs(one - wanted) - Math.abs(other - wanted) || other - one,
  );
  for (const minor of nearest) {
    const found = pythonOf(`3.${minor}`, environment);
    if (found !== null) return found;
  }
  return null;
}

/** The runtime of the Python that `python3` starts, else of the newest one; null if there is none. */
export function pythonRuntimeHere(environment: EnvironmentVariables): string | null {
  const first = files("python3", environment)
    .map(ask)
    .find((one) => one !== null);
  const usual = python.versions.find(({ release }) => first != null && runsRelease(first.version, release));
  if (usual !== undefined) return usual.runtime;
  const newest = [...python.versions]
    .reverse()
    .find(({ release }) => pythonOf(release, environment) !== null);
  return newest?.runtime ?? null;
}

function pythonOf(release: string, environment: EnvironmentVariables): Interpreter | null {
  for (const file of [...files(`python${release}`, environment), ...installed(release, environment)]) {
    const found = ask(file);
    if (found !== null && runsRelease(found.version, release)) return found;
  }
  return null;
}

/** On the PATH. The shims of version managers are left out: they are slow, and most of them only say that no version is chosen. */
function files(name: string, environment: EnvironmentVariables): readonly string[] {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const direct = folders.filter((folder) => !/[/\\]shims[/\\]?$/.test(folder));
  // Only `python3` itself is asked of a shim: it is the version that the user chose.
  return (name === "python3" ? folders : direct).map((folder) => join(folder, name)).filter(isExecutable);
}

/** Of version managers, the newest patch release first. */
function installed(release: string, environment: EnvironmentVariables): readonly string[] {
  const home = environment["HOME"] ?? homedir();
  const places = [
    { folder: join(environment["PYENV_ROOT"] ?? join(home, ".pyenv"), "versions"), before: "" },
    {
      folder: environment["UV_PYTHON_INSTALL_DIR"] ?? join(home, ".local/share/uv/python"),
      before: "cpython-",
    },
    { folder: join(environment["ASDF_DATA_DIR"] ?? join(home, ".asdf"), "installs/python"), before: "" },
  ];
  return places.flatMap(({ folder, before }) =>
    namesIn(folder)
      .filter((name) => name.startsWith(`${before}${release}.`))
      .sort((one, other) => other.localeCompare(one, "en", { numeric: true }))
      .map((name) => join(folder, name, "bin", `python${release}`))
      .filter(isExecutable),
  );
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return []; // not used on this machine
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

/** Returns null if it does not run. */
function ask(file: string): Interpreter | null {
  try {
    const said = execFileSync(file, ["-I", "-S", "-c", ASK], {
      encoding: "utf8",
      timeout: LOOK_WITHIN_MS,
      stdio: ["ignore", "pipe", "ignore"],
    });
    const [version = "", own = "", home = ""] = said.trim().split("\n");
    return existsSync(own) ? { file: realpathSync(own), version, home: realpathSync(home) } : null;
  } catch {
    return null;
  }
}
