/** Finds a Python of the runtime's minor version (from PATH, pyenv, uv or asdf), else the nearest one. */
import { existsSync, realpathSync } from "node:fs";
import type { EnvironmentVariables } from "../../../base/environment-variables.ts";
import { findRuntime } from "../../../catalogue/runtimes/all-runtimes.ts";
import type { Interpreter } from "../../../catalogue/runtimes/interpreter.ts";
import { python } from "../../../catalogue/runtimes/python.ts";
import { runsRelease } from "../../../catalogue/runtimes/runs-release.ts";
import { filesOnPath, isShim, managedPrograms, said } from "../installations.ts";

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
  const first = filesOnPath("python3", environment)
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
  // The python3 that the user chose comes first, even through a shim: another Python of the same release may lack pip, as Debian's does.
  const candidates = [
    ...filesOnPath("python3", environment).slice(0, 1),
    ...filesOnPath(`python${release}`, environment).filter((file) => !isShim(file)),
    ...managedPrograms("python", { release, program: `python${release}` }, environment),
  ];
  for (const file of candidates) {
    const found = ask(file);
    if (found !== null && runsRelease(found.version, release)) return found;
  }
  return null;
}

/** Returns null if the interpreter does not run. */
function ask(file: string): Interpreter | null {
  const [version = "", own = "", home = ""] = said(file, "-I", "-S", "-c", ASK)?.split("\n") ?? [];
  return existsSync(own) ? { file: realpathSync(own), version, home: realpathSync(home) } : null;
}
