/**
 * Returns the time at which a process started, as the operating system writes it (/proc on Linux, elsewhere `ps`). Pid and start time
 * together identify a process, even if a later process gets the same pid. Returns null if there is no such process, or only a zombie.
 * Throws if it is not known: who removes what a dead process has left must not take a living one for dead.
 */
import { execFileSync } from "node:child_process";
import { platform } from "node:os";
import { processState } from "./process-state.ts";

export function processStart(processId: number): string | null {
  return platform() === "linux" ? (processState(processId)?.start ?? null) : fromPs(processId);
}

function fromPs(processId: number): string | null {
  try {
    const text = execFileSync("ps", ["-o", "lstart=", "-p", String(processId)], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
    return text === "" ? null : text;
  } catch (error) {
    // `ps` ran, and ended with a status because there is no such process.
    if (typeof (error as { readonly status?: unknown }).status === "number") return null;
    throw error;
  }
}
