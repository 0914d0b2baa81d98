/** Finds a Python of the runtime's minor version (from PATH, pyenv, uv or asdf), else the nearest one. */
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import type { EnvironmentVariables } from "../../../base/environment-variables.ts";
import { findRuntime } from "../../../catalogue/runtimes/all-runtimes.ts";
import type { Interpreter } from "../../../catalogue/runtimes/interpreter.ts";
import { python } from "../../../catalogue/runtimes/python.ts";
import { runsRelease } from "../../../catalogue/runtimes/runs-release.ts";
import { namesIn } from "../names-in.ts";

const LOOK_WITHIN_MS = 10_000;

/** Asks for the base installation, even in a virtual environment, because only the base installation has the whole standard library. */
const ASK = `import os, sys
name = "python%d.%d" % sys.version_info[:2]
print("%d.%d.%d" % sys.version_info[:3])
print(os.path.join(sys.base_prefix, "bin", name))
print(sys.base_prefix)`;

/** The minor versions, newest first. */
const MINORS = python.versions
  .map(({ release }) => Number(release.split(".")[1]))
  .sort((one, other) => other - one);

/** Returns null if the runtime is unknown, or if this machine has no Python of a version that a Lambda runtime has. */
export function pythonFor(runtime: string, environment: EnvironmentVariables): Interpreter | null {
  const release = findRuntime(runtime)?.version.release;
  if (release === undefined) return null;
  const wanted = Number(release.split(".")[1]);
  // Of two versions that are equally near, the newer one comes first, because the sort is stable.
  const nearest = [...MINORS].sort((one, other) => Math.abs(one - wanted) - Math.abs(other - wanted));
  for (const minor of nearest) {
    const found = pythonOf(`3.${minor}`, environment);
    if (found !== null) return found;
  }
  return null;
}

/** Returns the runtime of the Python that `python3` starts, otherwise of the newest Python. Returns null if there is none. */
export function pythonRuntimeHere(environment: EnvironmentVariables): string | null {
  const first = onPath("python3", environment)
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
  // The python3 that the user chose comes first: another Python of the same release may lack pip, as Debian's does.
  const candidates = [
    ...onPath("python3", environment).slice(0, 1),
    ...onPath(`python${release}`, environment),
    ...installed(release, environment),
  ];
  for (const file of candidates) {
    const found = ask(file);
    if (found !== null && runsRelease(found.version, release)) return found;
  }
  return null;
}

/** Leaves out the shims of version managers: they are slow, and most only report that no version is chosen. */
function onPath(name: string, environment: EnvironmentVariables): readonly string[] {
  const folders = (environment["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const direct = folders.filter((folder) => !/[/\\]shims[/\\]?$/.test(folder));
  // The shim of `python3` counts, because it starts the version that the user chose.
  return (name === "python3" ? folders : direct).map((folder) => join(folder, name)).filter(isExecutable);
}

/** The newest patch release comes first. */
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

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Returns null if the interpreter does not run. */
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
