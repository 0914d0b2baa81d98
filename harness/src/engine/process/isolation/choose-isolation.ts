/** Chooses the isolation that this machine allows. With namespaces each environment has mounts and process ids of its own. */
import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { platform } from "node:os";
import { join } from "node:path";
import type { IsolationKind, WantedIsolation } from "../../../words/isolation.ts";
import { notAvailable } from "../../../base/errors.ts";
import type { ProcessCommand } from "../process-group.ts";

export interface Isolation {
  readonly kind: IsolationKind;
  /** The path of setpriv, which asks the kernel to end an environment when its engine dies. Null if this machine has no setpriv. */
  readonly setpriv: string | null;
  /** Whether each process that the engine starts has a PID namespace. Some containers allow mounts but no /proc in such a namespace. */
  readonly separateProcesses: boolean;
  /** Why namespaces are not used, as a text for people; null with namespaces. */
  readonly reason: string | null;
}

/** Returns the path of a program in the system's folders, or null. The variable PATH is not read. */
export function findTool(name: string): string | null {
  for (const folder of ["/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin"]) {
    const file = join(folder, name);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      continue;
    }
  }
  return null;
}

export type IsolationProbe = (
  kind: Pick<Isolation, "setpriv" | "separateProcesses">,
) => Promise<string | null>;

/**
 * Throws "unavailable" if the user wants namespaces and they are not possible. `probe` makes the mounts of one environment and runs node in
 * them. It resolves with null if that works, else with what went wrong.
 */
export async function chooseIsolation(wanted: WantedIsolation, probe: IsolationProbe): Promise<Isolation> {
  const setpriv = platform() === "linux" ? findTool("setpriv") : null;
  const none = { kind: "none", setpriv, separateProcesses: false } as const;
  if (wanted === "none") return { ...none, reason: "switched off" };
  const missing = whatIsMissing(setpriv);
  let reason = missing;
  for (const separateProcesses of missing === null ? [findTool("timeout") !== null, false] : []) {
    reason = await probe({ setpriv, separateProcesses });
    if (reason === null) return { kind: "namespaces", setpriv, separateProcesses, reason };
  }
  if (wanted === "auto") return { ...none, reason };
  throw notAvailable(`--isolation namespaces is not possible on this machine: ${reason}`, {
    hint: "use --isolation auto or none; none gives functions real paths instead of /var/task and /opt",
  });
}

function whatIsMissing(setpriv: string | null): string | null {
  if (platform() !== "linux") return `namespaces exist on Linux only, this is ${platform()}`;
  const missing = ["unshare", "mount", "sh"].filter((name) => findTool(name) === null);
  if (setpriv === null) missing.push("setpriv");
  return missing.length > 0 ? `${missing.join(", ")} not found` : null;
}

/** Runs a command to its end. Resolves with null if it ended with exit code 0, or by the signal, else with the end of its error output. */
export function runProbe(
  { file, arguments: given, variables }: ProcessCommand,
  expected: NodeJS.Signals | null,
): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(file, given, {
      env: { ...variables },
      stdio: ["ignore", "ignore", "pipe"],
      // `timeout` leaves the process group of its child (mount-table.ts). When it ends, the kernel ends that group by SIGHUP if one of the
      // group's processes is stopped and no shell waits for the group, as under nohup (setpgid(2), _exit(2)). So it is not our group.
      detached: true,
    });
    let output = "";
    child.stderr.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-500);
    });
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) => {
      const succeeded = expected === null ? code === 0 : signal === expected;
      resolve(succeeded ? null : output.trim() === "" ? `ended with ${code ?? signal}` : output.trim());
    });
  });
}
