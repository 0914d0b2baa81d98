/**
 * The mounts that build Lambda's file system from folders of this machine (docs/aws/runtimes.md#environment-variables). They form one
 * fstab, which a single mount(8) call carries out in the environment's own namespace. A prepared folder covers /var. The real /var is
 * mounted inside the prepared folder, where symbolic links lead to the entries of the real /var. /tmp comes last, because all other sources
 * may lie in the real /tmp.
 */
import { join, relative } from "node:path";
import { runtimeOf } from "../../../runtimes/all-runtimes.ts";
import type { Interpreter } from "../../../runtimes/interpreter.ts";

export interface MountSources {
  /** The prepared folder for /var (isolation-folder.ts). */
  readonly var: string;
  readonly task: string;
  readonly runtime: string;
  readonly opt: string;
  readonly temporary: string;
  /** The file for /etc/hosts; null if this machine has no such file. */
  readonly hosts: string | null;
  /** What is mounted in /var/lang; null if nothing is. */
  readonly language: { readonly from: string; readonly at: string } | null;
}

/** The path of the real /var inside the prepared /var. */
export const REAL_VAR = ".host";

const VAR = "/var";
const LANGUAGE = "/var/lang";

/** Returns the mount of an interpreter: of its home folder or, if it has none, of its file. `at` is its path on Lambda. */
export function interpreterMount(runtime: string, interpreter: Interpreter | null): MountSources["language"] {
  const { local, version } = runtimeOf(runtime);
  if (interpreter === null || local.interpreter === null) return null;
  return interpreter.home === null
    ? { from: interpreter.file, at: local.interpreter(version) }
    : { from: interpreter.home, at: LANGUAGE };
}

/**
 * Returns the path of an interpreter inside an environment with namespaces. If its home folder is mounted, its file keeps its place in that
 * folder.
 */
export function exactInterpreter(runtime: string, interpreter: Interpreter | null): string | null {
  const { local, version } = runtimeOf(runtime);
  if (interpreter === null || local.interpreter === null) return null;
  return interpreter.home === null
    ? local.interpreter(version)
    : join(LANGUAGE, relative(interpreter.home, interpreter.file));
}

export function mountTable(sources: MountSources): string {
  const mounts: ReadonlyArray<readonly [string, string, string]> = [
    [sources.task, `${sources.var}/task`, "bind,ro"],
    [sources.runtime, `${sources.var}/runtime`, "bind,ro"],
    ...(sources.language === null
      ? []
      : [[sources.language.from, `${sources.var}${sources.language.at.slice(VAR.length)}`, "bind"] as const]),
    ["/var", `${sources.var}/${REAL_VAR}`, "rbind"],
    [sources.opt, "/opt", "bind,ro"],
    ...(sources.hosts === null ? [] : [[sources.hosts, "/etc/hosts", "bind"] as const]),
    [sources.var, "/var", "rbind"],
    [sources.temporary, "/tmp", "bind"],
  ];
  return mounts
    .map(([from, at, options]) => `${escaped(from)} ${escaped(at)} none ${options} 0 0\n`)
    .join("");
}

function escaped(path: string): string {
  return path.replace(
    /[\\ \t\n#]/g,
    (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, "0")}`,
  );
}

/**
 * The number of open files is limited to Lambda's 1024 (docs/aws/limits.md), or to the limit of this machine if that is lower. The
 * parent-death signal, which kills the process when the engine dies, is set inside the namespace (process-command.ts), because entering the
 * namespace would clear it. LD_LIBRARY_PATH is set last: without it, the programs that make the mounts start faster and load no library of
 * the package.
 */
export const ENTER_SCRIPT =
  'ulimit -n 1024 2>/dev/null; mount -n -a -T "$1" && cd "$2" && unset OLDPWD && export LD_LIBRARY_PATH="$3" && shift 3 && exec "$@"';
