/**
 * The mounts that build Lambda's file system from folders of this machine (docs/aws/runtimes.md#environment-variables). They form one
 * fstab, which a single mount(8) call carries out in the environment's own namespace. A prepared folder covers /var. The real /var is
 * mounted inside the prepared folder, where symbolic links lead to the entries of the real /var. /tmp comes last, because all other sources
 * may lie in the real /tmp.
 */
import { join, relative } from "node:path";
import { runtimeOf } from "../../../catalogue/runtimes/all-runtimes.ts";
import type { Interpreter } from "../../../catalogue/runtimes/interpreter.ts";

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
  /** Whether the environment has a PID namespace, and so a /proc that shows it. */
  readonly separateProcesses: boolean;
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
  // mount(8) leaves out what is mounted already, and compares the source too: so this /proc has another source than the machine's.
  const proc = sources.separateProcesses ? "longrun /proc proc nosuid,nodev,noexec 0 0\n" : "";
  return (
    proc +
    mounts.map(([from, at, options]) => `${escaped(from)} ${escaped(at)} none ${options} 0 0\n`).join("")
  );
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
const mountsThen = (program: string): string =>
  `mount -n -a -T "$1" && cd "$2" && unset OLDPWD && export LD_LIBRARY_PATH="$3" && shift 3 && exec ${program}"$@"`;

const LIMIT = "ulimit -n 1024 2>/dev/null; ";

export const ENTER_SCRIPT = LIMIT + mountsThen("");

/**
 * Enters a PID namespace too. The shell's first child becomes the first process of the namespace: it removes processes that have ended and
 * whose parents have ended before, and with its end the kernel ends all others. It ends with the shell (parent-death signal). The shell
 * becomes `timeout`, which waits outside the namespace for the program and ends as the program ended, by exit code or by signal (`0` means
 * without a time limit). The program is not the first process, because the kernel withholds signals from that one. It has a session of its
 * own, so that signals to its process group do not reach `timeout`.
 */
export const ENTER_PROCESSES_SCRIPT = `${LIMIT}setpriv --pdeathsig SIGKILL sh -c 'while :; do sleep 2147483647; done' >/dev/null 2>&1 3>&- 4>&- & ${mountsThen("timeout 0 setsid ")}`;
