/** Tries the mounts of one environment, with an empty folder as the function's code. Resolves with null if they work, else with what went wrong. */
import { mkdir, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { removeTree } from "../../remove-tree.ts";
import { runProbe, type Isolation } from "./choose-isolation.ts";
import type { SharedFolders } from "./isolation-folder.ts";
import type { Interpreter } from "../../../catalogue/runtimes/interpreter.ts";
import { mountTable } from "./mount-table.ts";
import { processCommand } from "./process-command.ts";
import type { RuntimeClient } from "../../runtime-client.ts";
import { writeHosts } from "./sandbox-address.ts";

export interface ProbedEnvironment {
  readonly runFolder: string;
  readonly shared: SharedFolders;
  readonly client: RuntimeClient;
  readonly interpreter: Interpreter | null;
  readonly linkNames: readonly string[];
}

export async function probeNamespaces(
  { setpriv, separateProcesses }: Pick<Isolation, "setpriv" | "separateProcesses">,
  { runFolder, shared, client, interpreter, linkNames }: ProbedEnvironment,
): Promise<string | null> {
  const folder = join(runFolder, "probe");
  const [temporary, task] = [join(folder, "tmp"), join(folder, "task")];
  await mkdir(temporary, { recursive: true });
  await mkdir(task, { recursive: true });
  const mountTableFile = join(folder, "fstab");
  const hosts = writeHosts(
    join(folder, "hosts"),
    "127.0.0.1",
    linkNames.map((name) => ({ name, address: "127.0.0.1" })),
  );
  const language =
    interpreter === null ? null : { from: await realpath(interpreter.file), at: "/var/lang/bin/node" };
  await writeFile(
    mountTableFile,
    mountTable({
      var: shared.var,
      task,
      runtime: client.folder,
      opt: shared.emptyOpt,
      temporary,
      hosts,
      language,
      separateProcesses,
    }),
  );
  // Fails if /var/task is writable, because it is read-only on AWS. The interpreter only prints its version, because this is fast. A program
  // in a PID namespace ends itself with a signal, which must be seen outside as a signal, and sees no process of the machine.
  const readOnly =
    '/var/lang/bin/node --version >/dev/null || exit; if [ -w /var/task ]; then echo "/var/task is writable" >&2; exit 3; fi';
  const own = separateProcesses
    ? '[ -d /proc/$$ ] && [ "$$" -lt 100 ] || { echo "the process ids are those of the machine" >&2; exit 5; }; kill -KILL $$'
    : "exit 0";
  const resolves =
    'for (const name of process.argv.slice(1)) require("dns").lookup(name, (error, address) => { if (error !== null || address !== "127.0.0.1") { console.error(`inside an environment ${name} resolves to ${address ?? error.code} and not to the address in /etc/hosts`); process.exit(4) } })';
  const command = processCommand({
    isolation: { kind: "namespaces", setpriv, separateProcesses, reason: null },
    mountTableFile,
    program:
      linkNames.length === 0
        ? ["/bin/sh", "-c", `${readOnly}; ${own}`]
        : [
            "/bin/sh",
            "-c",
            `${readOnly}; /var/lang/bin/node -e "$0" "$@" || exit; ${own}`,
            resolves,
            ...linkNames,
          ],
    workingFolder: "/var/task",
    parked: false,
    variables: {
      PATH: "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin",
      LD_LIBRARY_PATH: "/var/lang/lib:/lib64:/usr/lib64",
    },
  });
  const problem = await runProbe(command, separateProcesses ? "SIGKILL" : null);
  await removeTree(folder);
  return problem;
}
