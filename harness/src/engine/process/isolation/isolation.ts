/** Chooses the isolation that this machine allows. With namespaces each environment has mounts of its own. */
import { spawn } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { platform } from "node:os";
import { join } from "node:path";
import type { IsolationKind, WantedIsolation } from "../../../domain/isolation.ts";
import { LongrunError } from "../../../domain/errors.ts";

export interface Isolation {
  readonly kind: IsolationKind;
  /** The path of setpriv, which asks the kernel to end an environment when its engine dies. Null if this machine has no setpriv. */
  readonly setpriv: string | null;
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

export type IsolationProbe = () => Promise<string | null>;

/**
 * Throws "unavailable" if the user wants namespaces and they are not possible. `probe` makes the mounts of one environment and runs node in
 * them. It resolves with null if that works, else with what went wrong.
 */
export async function chooseIsolation(wanted: WantedIsolation, probe: IsolationProbe): Promise<Isolation> {
  const setpriv = platform() === "linux" ? findTool("setpriv") : null;
  if (wanted === "none") return { kind: "none", setpriv, reason: "switched off" };
  const reason = await whyNot(setpriv, probe);
  if (reason === null) return { kind: "namespaces", setpriv, reason: null };
  if (wanted === "auto") return { kind: "none", setpriv, reason };
  throw new LongrunError("unavailable", `--isolation namespaces is not possible on this machine: ${reason}`, {
    hint: "use --isolation auto or none; none gives functions real paths instead of /var/task and /opt",
  });
}

async function whyNot(setpriv: string | null, probe: IsolationProbe): Promise<string | null> {
  if (platform() !== "linux") return `namespaces exist on Linux only, this is ${platform()}`;
  const missing = ["unshare", "mount", "sh"].filter((name) => findTool(name) === null);
  if (setpriv === null) missing.push("setpriv");
  return missing.length > 0 ? `${missing.join(", ")} not found` : await probe();
}

/** Runs a command to its end. Resolves with null if it succeeded, else with the end of its error output. */
export function runProbe(
  file: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>>,
): Promise<string | null> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { env: { ...variables }, stdio: ["ignore", "ignore", "pipe"] });
    let output = "";
    child.stderr.on("data", (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-500);
    });
    child.once("error", (error) => resolve(error.message));
    child.once("close", (code, signal) =>
      resolve(code === 0 ? null : output.trim() === "" ? `ended with ${code ?? signal}` : output.trim()),
    );
  });
}
